import type { DashboardPreset } from '../../../sdk/contract/layout.js';
import type { DefaultLayouts, LayoutAnswer } from '../../kernel/layouts.js';
import { presetsFor } from '../../kernel/presets.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound } from '../../kernel/problems.js';

export interface PresetService {
  /** Those that the caller's roles allow, the best match first. */
  list(principal: Principal): DashboardPreset[];
  /** Puts the preset in the place of the caller's default layout. Throws `not_found` for one that their roles do not allow. */
  apply(principal: Principal, role: string): LayoutAnswer;
}

export interface PresetDeps {
  presets: ReadonlyMap<string, DashboardPreset>;
  layouts: DefaultLayouts;
}

export function createPresets({ presets, layouts }: PresetDeps): PresetService {
  return {
    list: (principal) => presetsFor(principal, presets),
    apply(principal, role) {
      const preset = presetsFor(principal, presets).find((allowed) => allowed.role === role);
      if (preset === undefined) throw notFound();
      return layouts.replaceDefault(principal, { name: preset.name, widgets: preset.layout });
    },
  };
}

/** What `custom-elements.json` is made of: the public JSDoc of the elements. */
export default {
  globs: ['elements/**/*.ts'],
  exclude: ['**/*.test.ts', '**/test/**', 'elements/core/icons.data.ts', 'elements/core/generated/**'],
  litelement: true,
  outdir: '.',
  packagejson: false,
  plugins: [publicOnly()],
};

/** Private, protected and @internal members are nobody's contract. */
function publicOnly() {
  const isPublic = (member) =>
    member.privacy !== 'private' && member.privacy !== 'protected' && !member.name?.startsWith('#') && !member.name?.startsWith('_');
  return {
    name: 'public-only',
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.declarations = module.declarations?.filter((declaration) => declaration.customElement || declaration.kind === 'class');
        for (const declaration of module.declarations ?? []) {
          declaration.members = declaration.members?.filter(isPublic);
          // What is not named in the JSDoc was guessed from the code.
          declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('ccm-'));
        }
      }
      // Files are found in whatever order the disk answers.
      customElementsManifest.modules = customElementsManifest.modules
        .filter((module) => module.declarations?.some((declaration) => declaration.customElement && declaration.tagName))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

/** For frameworks that check templates: what may be written on each tag. Taken from the element classes, so that it says what they say. */
import type { LitElement } from 'lit';
import type { CcmConnections } from './connections/ccm-connections.js';
import type { CcmMarketplace } from './marketplace/ccm-marketplace.js';
import type { CcmWidget } from './widget/ccm-widget.js';

/** The tags that a page writes itself. */
type PageElements = Pick<
  HTMLElementTagNameMap,
  'ccm-widget' | 'ccm-provider' | 'ccm-dashboard' | 'ccm-marketplace' | 'ccm-connections' | 'ccm-alerts' | 'ccm-gallery'
>;

/** What is marked `@internal`, which a type cannot see. */
type Internal = keyof (
  Pick<CcmWidget, 'shared' | 'overrides' | 'menuItems'> & Pick<CcmMarketplace, 'present' | 'inside'> & Pick<CcmConnections, 'formOnly'>
);

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Own<E> = Exclude<keyof E, keyof LitElement | Internal>;

/** What can be set: no method, and nothing that only a getter gives. */
type Settable<E> = {
  [K in Own<E>]: E[K] extends (...args: never) => unknown ? never : Same<Pick<E, K>, Writable<Pick<E, K>>> extends true ? K : never;
}[Own<E>];

type Kebab<Name> = Name extends `${infer First}${infer Rest}`
  ? `${Lowercase<First>}${Rest extends Uncapitalize<Rest> ? '' : '-'}${Kebab<Rest>}`
  : '';

/** The attribute of a property; objects and functions have none. */
type AttributeOf<Name, Value> = [Value] extends [string | number | boolean | undefined] ? (Name extends 'htmlFor' ? 'for' : Kebab<Name>) : never;

type Properties<E> = { [K in Settable<E>]?: E[K] | undefined };
type Attributes<E> = { [K in Settable<E> as AttributeOf<K, E[K]>]?: E[K] | (number extends E[K] ? `${number}` : never) | undefined };

/** Listeners to the elements' events, by name. */
export type CcmListeners = {
  [Name in keyof GlobalEventHandlersEventMap as Name extends `ccm-${string}` ? Name : never]: (event: GlobalEventHandlersEventMap[Name]) => void;
};

/** Events bubble: each tag may hear those of what is inside it. */
type Handlers = { [Name in keyof CcmListeners as `on${Name}`]?: CcmListeners[Name] | undefined };

/** What may be written on each tag. `Base` is what the framework lets be written on any element. */
export type CcmTags<Base = object> = {
  [Tag in keyof PageElements]: Base & Properties<PageElements[Tag]> & Attributes<PageElements[Tag]> & Handlers;
};

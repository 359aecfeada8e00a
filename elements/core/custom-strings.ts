/** What a widget of somebody's own says around it, in English. It loads with it. */
export const englishCustom = {
  noElement: 'This widget names no element',
  noElementHint: 'Its definition needs customConfig.element or customConfig.module.',
  wrongElement: (name: string) => `“${name}” cannot be the element of a widget`,
  wrongElementHint: 'It must be the name of a custom element, such as “acme-funnel”, and none of CCM’s own.',
  waiting: 'This widget is still loading',
  waitingFor: (name: string) => `“${name}” has not come yet. It appears as soon as it does.`,
  waitingForModule: 'Its code has not come yet. It appears as soon as it does.',
  wrongOptions: 'The options of this widget do not fit',
  options: 'options',
};

export type CustomStrings = typeof englishCustom;

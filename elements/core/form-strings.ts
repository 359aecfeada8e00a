/** What a form in a dialog says by itself, in English. It loads with the form. */
export const englishForm = {
  unsaved: 'Not saved yet. Close it once more to discard what you entered.',
};

export type FormStrings = typeof englishForm;

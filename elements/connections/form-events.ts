/** What a form sent stands at the edge. Stays inside the shadow root that holds the form. */
export class FormSavedEvent extends Event {
  /** Name of the API. */
  readonly api: string;
  /** The API itself was made or changed, not a credential for it. */
  readonly ofApi: boolean;

  constructor(api: string, ofApi = false) {
    super('ccm-form-saved');
    this.api = api;
    this.ofApi = ofApi;
  }
}

/** The form is closed, saved or not. Stays inside the shadow root that holds the form. */
export class FormClosedEvent extends Event {
  constructor() {
    super('ccm-form-closed');
  }
}

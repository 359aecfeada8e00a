import { html } from 'hono/html';
import { DEMO_USERS } from '../platform/users.js';
import { DEMO_TENANTS } from '../tenants.js';
import { type Markup, shell } from './shell.js';

/** The module's own login; no password, as everywhere in the demo. */
export function loginPage(name: string): string {
  const title = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const preset = `${name}_manager`;
  const body: Markup = html`
    <main class="login">
      <h1>${title}</h1>
      <p class="hint">A module of the demo ERP, on its own origin with its own login. No password is asked.</p>
      <form method="post" action="/session">
        <label for="tenant">Company</label>
        <select id="tenant" name="tenant">
          ${DEMO_TENANTS.map((tenant) => html`<option value="${tenant.id}">${tenant.name}</option>`)}
        </select>
        <label for="user">Log in as</label>
        <select id="user" name="user">
          ${DEMO_USERS.map((user) => html`<option value="${user.id}" ${user.id === preset ? 'selected' : ''}>${user.label}</option>`)}
        </select>
        <button type="submit">Log in</button>
      </form>
    </main>`;
  return shell({ name, title: `${title} · log in`, body });
}

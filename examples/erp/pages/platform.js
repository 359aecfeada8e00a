// The demo's own pages: who is looking, and one tag for the rest. Which one, the page says in #shown.
const KEY = 'ccm-demo';
const byId = (id) => document.getElementById(id);
const [bell, who, login, board, fault] = ['bell', 'who', 'login', 'board', 'fault'].map(byId);

const [tenants, users] = await Promise.all(['/demo/tenants', '/demo/users'].map(async (path) => (await fetch(path)).json()));

function remembered() {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    const known = tenants.some(({ id }) => id === session?.tenant) && users.some(({ id }) => id === session?.user);
    return known ? session : undefined;
  } catch {
    return undefined;
  }
}

async function token(session) {
  const answer = await fetch('/demo/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(session),
  });
  if (!answer.ok) throw new Error(`The demo did not let ${session.user} in (${answer.status}).`);
  return (await answer.json()).token;
}

function show(session) {
  fault.textContent = '';
  login.hidden = session !== undefined;
  who.hidden = session === undefined;
  byId('heading').hidden = session === undefined;
  board.replaceChildren();
  bell.replaceChildren();
  if (session === undefined) return;
  who.elements.tenant.value = session.tenant;
  who.elements.user.value = session.user;
  // Another person is another element: nothing of the last one's stays.
  const element = document.importNode(byId('shown').content.firstElementChild, true);
  const getToken = () => token(session);
  element.getToken = getToken;
  // Nobody shows a guest anything yet that they could put on it.
  if (session.user === 'guest') element.removeAttribute('editable');
  board.append(element);
  // The alert centre is its own bell.
  if (element.localName === 'ccm-alerts') return;
  const alerts = document.createElement('ccm-alerts');
  Object.assign(alerts, { compact: true, getToken });
  bell.append(alerts);
}

function enter(session) {
  sessionStorage.setItem(KEY, JSON.stringify(session));
  show(session);
}

function choice(name, { id, name: title, label }, checked) {
  const element = document.createElement('label');
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name, value: id, checked });
  const text = document.createElement('span');
  text.textContent = title ?? label;
  element.append(input, text);
  return element;
}

function option({ id, name, label }) {
  return new Option(name ?? label, id);
}

byId('tenants').append(...tenants.map((tenant, index) => choice('tenant', tenant, index === 0)));
byId('users').append(...users.map((user, index) => choice('user', user, index === 0)));
who.elements.tenant.append(...tenants.map(option));
who.elements.user.append(...users.map(option));

const entries = (form) => Object.fromEntries(new FormData(form));
login.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  enter(entries(event.target));
  who.elements.user.focus();
});
who.addEventListener('submit', (event) => event.preventDefault());
who.addEventListener('change', () => enter(entries(who)));
byId('logout').addEventListener('click', () => {
  sessionStorage.removeItem(KEY);
  show(undefined);
  login.querySelector('input:checked').focus();
});
board.addEventListener('ccm-auth-required', () => {
  fault.textContent = 'You are logged out. Log in again to go on.';
});

show(remembered());

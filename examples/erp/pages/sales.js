// The order form without a reload: the module's own list gets the row. The widgets learn of the order by themselves.
const form = document.querySelector('[data-order-form]');
const said = document.querySelector('[data-order-said]');
const table = document.querySelector('[data-orders]');

form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  said.textContent = '';
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: 'application/json' },
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.errors?.map(({ path, message }) => `${path} ${message}`).join(', ') ?? body.detail);
    addRow(body, form.elements.quantity.value);
    said.textContent = `Order ${body.id} placed.`;
  } catch (error) {
    said.textContent = `The order was not placed: ${error.message}`;
  } finally {
    button.disabled = false;
  }
});

function addRow({ id, time, total }, pieces) {
  const { locale, currency, timeZone } = table.dataset;
  const cells = [
    id,
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(time)),
    'Web shop',
    'Online',
    'Consumer',
    pieces,
    new Intl.NumberFormat(locale, { style: 'currency', currency }).format(total),
  ];
  const row = document.createElement('tr');
  cells.forEach((text, index) => {
    const cell = document.createElement(index === 0 ? 'th' : 'td');
    if (index === 0) cell.scope = 'row';
    if (index >= cells.length - 2) cell.className = 'number';
    cell.textContent = text;
    row.append(cell);
  });
  row.className = 'new';
  table.tBodies[0].prepend(row);
}

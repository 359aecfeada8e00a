// What is chosen stands in the page's address: a picture of the gallery can be taken again, and sent to somebody.
const gallery = document.querySelector('ccm-gallery');
const form = document.querySelector('#choices');

function show(choices) {
  for (const name of ['kind', 'size', 'locale', 'states', 'theme']) {
    const value = choices.get(name);
    if (value) gallery.setAttribute(name, value);
    else gallery.removeAttribute(name);
  }
  document.documentElement.dir = choices.get('dir') === 'rtl' ? 'rtl' : 'ltr';
}

const asked = new URLSearchParams(location.search);
for (const select of form.querySelectorAll('select')) if (asked.has(select.name)) select.value = asked.get(select.name);
show(asked);

form.addEventListener('change', () => {
  const choices = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, '', `?${choices}`);
  show(choices);
});

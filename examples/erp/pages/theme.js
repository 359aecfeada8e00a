// Light, dark, or as the system says. Runs before the first paint, so nothing flashes.
(() => {
  const KEY = 'erp-theme';
  const choice = () => localStorage.getItem(KEY) ?? 'auto';
  const apply = () => {
    if (choice() === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice();
  };
  apply();
  document.addEventListener('DOMContentLoaded', () => {
    for (const select of document.querySelectorAll('[data-theme-switch]')) {
      select.value = choice();
      select.addEventListener('change', () => {
        localStorage.setItem(KEY, select.value);
        apply();
      });
    }
  });
})();

import { expect, it } from 'vitest';
import { minified } from './minify-templates.js';

it('takes the indentation out of markup, also of templates within expressions', () => {
  const code = 'html`\n  <p class=${on ? html`\n    <b>é ${name}</b>\n  ` : ""}>\n    ü\n  </p>`';
  expect(minified(code)).toBe('html` <p class=${on ? html` <b>é ${name}</b> ` : ""}> ü </p>`');
});

it('takes out of style sheets what no selector needs, and keeps the spaces around expressions', () => {
  const code = 'css`\n  /* why */\n  .a > .b:is(p, q) {\n    margin: 0.5px ${side} 1px;\n    color: red;\n  }\n  ${more}\n`';
  expect(minified(code)).toBe('css`.a>.b:is(p,q){margin:.5px ${side} 1px;color:red}${more}`');
});

it('leaves all other text alone', () => {
  const code = 'const sql: string = `SELECT 1,\n  2`; // html`\n  `\nconst text = "css` a`";';
  expect(minified(code)).toBe(code);
});

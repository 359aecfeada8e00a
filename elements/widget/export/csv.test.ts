import { expect } from '@open-wc/testing';
import { csvOf } from './csv.js';

const lineOf = (...cells: (string | number | null)[]) => csvOf({ columns: cells.map((_, index) => ({ label: `c${index}` })), rows: [cells] }).split('\r\n').slice(1, -1).join('\r\n');

describe('a CSV file', () => {
  it('is RFC 4180: a header, CRLF after each line, quotes doubled, and says that it is UTF-8', () => {
    const text = csvOf({ columns: [{ label: 'Name' }, { label: 'Total, EUR' }], rows: [['Ann "A"', 1.5], ['two\nlines', null], ['Größe', 0]] });
    expect(text).to.equal('\uFEFFName,"Total, EUR"\r\n"Ann ""A""",1.5\r\n"two\nlines",\r\nGröße,0\r\n');
  });

  it('makes no formula of a text', () => {
    const cells = {
      '=1+2': "'=1+2", '+4915112345': "'+4915112345", '-2+3': "'-2+3", '@SUM(A1)': "'@SUM(A1)", '\t=1': `"'\t'=1"`, '\r=1': `"'\r'=1"`, '\n=1': `"'\n'=1"`,
      "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")': `"'=HYPERLINK(""http://x"",""y"")"`, '-': "'-", '-1e': "'-1e", '＝1+2': "'＝1+2", '＠SUM(A1)': "'＠SUM(A1)",
      'x;=HYPERLINK("http://x")': `"x;'=HYPERLINK(""http://x"")"`, 'a,@b;+c': `"a,'@b;'+c"`, 'a\t=1\n-1+2': `"a\t'=1\n'-1+2"`, 'a;＝1': `"a;'＝1"`, 'a;"=1': `"a;""'=1"`,
    };
    for (const [text, cell] of Object.entries(cells)) expect(lineOf(text), JSON.stringify(text)).to.equal(cell);
  });

  it('keeps numbers numbers, negative ones too', () => {
    expect(lineOf(-12.5, '-12.5', '-1e3', 1e21, 0.5)).to.equal('-12.5,-12.5,-1e3,1e+21,0.5');
    expect(lineOf('3;-5;"-1e3"', 'Bonn, -5, -x = y')).to.equal('"3;-5;""-1e3""","Bonn, -5, -x = y"');
  });

  it('writes nothing where there is no number', () => {
    expect(lineOf(Number.NaN, Number.POSITIVE_INFINITY, null, '')).to.equal(',,,');
  });

  it('does the same with labels: those are data too', () => {
    expect(csvOf({ columns: [{ label: '=1+1' }], rows: [] })).to.equal("\uFEFF'=1+1\r\n");
  });
});

import { expect } from '@open-wc/testing';
import { fileName } from './file-name.js';

const at = new Date('2026-03-01T23:05:00Z');
const nameOf = (title: string, timeZone = 'UTC') => fileName({ definition: { title } as never, host: { widget: 'sales' } as never, display: { timeZone } }, 'csv', at);

describe('the name of an exported file', () => {
  it('is the title and the time in the tenant’s zone', () => {
    expect(nameOf('Daily Sales Summary')).to.equal('Daily Sales Summary 2026-03-01 23.05.csv');
    expect(nameOf('Umsätze', 'No/Such'), 'a zone that nobody knows').to.match(/^Umsätze 2026-03-0\d \d\d\.\d\d\.csv$/);
    expect(nameOf('Umsätze', 'Europe/Berlin')).to.equal('Umsätze 2026-03-02 00.05.csv');
  });

  it('has nothing that a file system or a reader could be misled by', () => {
    const titles = {
      '../../etc/passwd': 'etc passwd', 'a/b\\c:d*e?f"g<h>i|j': 'a b c d e f g h i j', '..hidden': 'hidden', '\u202Egnp.exe': 'gnp.exe', 'new\nline\u0000': 'new line', '': 'sales', '///': 'widget',
    };
    for (const [title, name] of Object.entries(titles)) expect(nameOf(title), JSON.stringify(title)).to.equal(`${name} 2026-03-01 23.05.csv`);
  });

  it('is not longer than a file system takes, and cuts no letter in two', () => {
    expect(nameOf('😀'.repeat(200))).to.equal(`${'😀'.repeat(60)} 2026-03-01 23.05.csv`);
  });
});

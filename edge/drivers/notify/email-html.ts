import type { Severity } from '../../../sdk/contract/alert.js';
import { escapeHtml as esc } from './clean.js';
import type { Message, MessageItem } from './message.js';

/** A picture of an item, by the item's place; what it shows, in words. */
export interface Picture {
  cid: string;
  alt: string;
  /** In CSS pixels. */
  width: number;
  height: number;
}

const INK = { text: '#141a26', muted: '#5a6577', border: '#dfe3ea', canvas: '#f5f6f8', surface: '#ffffff', accent: '#2f5fd0', good: '#157a4a' };
const TONES: Record<Severity, string> = { critical: '#c22f2f', warning: '#9a5b00', info: '#2f5fd0' };
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"';

/** A mail as mail programs show it: tables and inline styles, light, nothing loaded from elsewhere. All that is data is escaped. */
export function emailHtml(message: Message, id: string, pictures: ReadonlyMap<number, Picture>): string {
  const { heading, notes, items, more, link, tenant, subject, what } = message;
  const tone = message.severity === undefined ? (message.kind === 'test' ? INK.accent : INK.good) : TONES[message.severity];
  const all = link !== undefined && (items[0]?.link === undefined || items.length > 1 || more > 0);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light"><title>${esc(subject)}</title></head>
<body style="margin:0;padding:0;background:${INK.canvas};">
<div style="display:none;max-height:0;overflow:hidden;opacity:0;">${esc(what)}</div>
<table ${TABLE} width="100%" style="background:${INK.canvas};"><tr><td align="center" style="padding:24px 12px;">
<table ${TABLE} width="100%" style="max-width:600px;font-family:${FONT};color:${INK.text};">
<tr><td style="padding:0 4px 16px 4px;">
<div style="font-size:13px;line-height:18px;color:${INK.muted};" dir="auto">${esc(tenant)}</div>
<h1 style="margin:2px 0 0 0;font-size:22px;line-height:28px;font-weight:600;color:${tone};">${esc(heading)}</h1>
${notes.map((note) => `<p style="margin:8px 0 0 0;font-size:14px;line-height:20px;color:${INK.text};">${esc(note)}</p>`).join('')}
</td></tr>
${items.map((item, index) => card(item, pictures.get(index), item.status !== heading)).join('\n')}
${more > 0 ? `<tr><td style="padding:0 4px 16px 4px;font-size:14px;line-height:20px;color:${INK.muted};">… and ${more} more.</td></tr>` : ''}
${all ? `<tr><td style="padding:4px 0 16px 0;">${button(link, 'Open all alerts')}</td></tr>` : ''}
<tr><td style="padding:4px 4px 0 4px;font-size:12px;line-height:18px;color:${INK.muted};">Sent automatically by the alerts of ${esc(tenant)}.<br><span style="word-break:break-all;">Message ${esc(id)}</span></td></tr>
</table>
</td></tr></table>
</body></html>
`;
}

function card({ severity, over, status, title, value, comparison, when, text, details, runbook, link }: MessageItem, picture: Picture | undefined, named: boolean): string {
  const tone = status === 'Test' ? INK.accent : over ? INK.good : TONES[severity];
  return `<tr><td style="padding:0 0 12px 0;">
<table ${TABLE} width="100%" style="background:${INK.surface};border:1px solid ${INK.border};border-left:4px solid ${tone};border-radius:8px;border-collapse:separate;">
<tr><td style="padding:16px 18px;">
${named ? `<div style="font-size:12px;line-height:16px;font-weight:600;color:${tone};">${esc(status)}</div>` : ''}
<div style="margin:2px 0 0 0;font-size:16px;line-height:22px;font-weight:600;overflow-wrap:anywhere;" dir="auto">${esc(title)}</div>
${value === '' ? '' : `<div style="margin:10px 0 0 0;line-height:38px;overflow-wrap:anywhere;"><span style="font-size:32px;font-weight:600;font-variant-numeric:tabular-nums;" dir="auto">${esc(value)}</span>${comparison === '' ? '' : `<span style="font-size:14px;color:${INK.muted};" dir="auto">&nbsp; ${esc(comparison)}</span>`}</div>`}
${picture === undefined ? '' : `<img src="cid:${picture.cid}" width="${picture.width}" height="${picture.height}" alt="${esc(picture.alt)}" style="display:block;width:100%;max-width:${picture.width}px;height:auto;margin:8px 0 0 0;border:0;">`}
${when === '' ? '' : `<div style="margin:8px 0 0 0;font-size:13px;line-height:18px;color:${INK.muted};">${esc(when)}</div>`}
${text === '' ? '' : `<div style="margin:8px 0 0 0;font-size:14px;line-height:20px;overflow-wrap:anywhere;" dir="auto">${esc(text).replaceAll('\n', '<br>')}</div>`}
${details.length === 0 ? '' : `<table ${TABLE} style="margin:10px 0 0 0;">${details.map(row).join('')}</table>`}
${link === undefined && runbook === undefined ? '' : `<div style="margin:14px 0 0 0;">${[...(link === undefined ? [] : [button(link, 'Open alert')]), ...(runbook === undefined ? [] : [anchor(runbook, 'What to do')])].join('&nbsp;&nbsp; ')}</div>`}
</td></tr></table>
</td></tr>`;
}

function row([name, value]: [string, string]): string {
  const cell = 'font-size:13px;line-height:18px;vertical-align:top;padding:1px 12px 1px 0;overflow-wrap:anywhere;';
  return `<tr><td style="${cell}color:${INK.muted};" dir="auto">${esc(name)}</td><td style="${cell}" dir="auto">${esc(value)}</td></tr>`;
}

function button(href: string, words: string): string {
  return `<a href="${esc(href)}" style="display:inline-block;background:${INK.accent};color:#ffffff;font-size:14px;line-height:20px;font-weight:600;text-decoration:none;padding:8px 16px;border-radius:6px;">${words}</a>`;
}

function anchor(href: string, words: string): string {
  return `<a href="${esc(href)}" style="display:inline-block;color:${INK.accent};font-size:14px;line-height:20px;padding:8px 0;">${words}</a>`;
}

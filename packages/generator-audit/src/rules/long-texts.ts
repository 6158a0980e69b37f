import { mentions, phrases, words, type Field } from '@migrate-lint/core';

/** What the last word of a name says of texts that people and programs write as long as they like. */
const texts = phrases(
  'message, body, content, description, text, comment, note, html, markdown, prompt, payload, traceback, transcript, bio',
  'biography, instruction, remark, feedback, base64, referer',
);
const pairs = phrases('stack trace, user agent, data url');
/** The makers of the program write the texts of these, and short ones. */
const lookups = phrases(
  'tag, hashtag, word, keyword, term, label, emoji, token, option, letter, role, permission, category, type, status, unit',
  'genre, skill, country, currency, language, level, kind, group, plan, feature, setting, code, color, size',
);
const addresses = phrases('url, uri, href, link');
/** Addresses that come from outside, with whatever a login or a tracker puts behind the question mark. */
const outside = phrases(
  'original, long, full, source, destination, referrer, referer, referring, requested, request, visited, clicked, scraped',
  'crawled',
);
const visited = phrases('page, landing, entry, exit, click, article, normalized, canonical, raw, clean, target, final');
const visits = phrases(
  'click, visit, page view, pageview, hit, bookmark, crawl, crawled, crawler, scrape, scraped, scraper, scan, cache, cached',
  'browsing, analytics, log, http request, api request, web event, website event, page event, tracking event, preview',
);

/** Whether the name promises a text or an address of any length, and no comment tells a limit. */
export function isLong(field: Field, further: readonly string[]): boolean {
  return (isText(field, further) || isFromOutside(field)) && !tellsLimit(field);
}

function isText({ name, model }: Field, further: readonly string[]): boolean {
  const parts = words(name);
  if (mentions(parts.slice(-2), pairs)) return true;
  if (further.some(wanted => parts.join(' ').endsWith(words(wanted).join(' ')))) return true;
  return mentions(parts.slice(-1), texts) && !mentions(words(model.name).slice(-1), lookups);
}

function isFromOutside({ name, model }: Field): boolean {
  const parts = words(name);
  const before = parts.slice(0, -1);
  const isVisit = mentions(model.name, visits);
  if (mentions(parts.slice(-1), ['referrer']))
    return isVisit || model.columns.some(other => mentions(other.name, pairs));
  if (!mentions(parts.slice(-1), addresses)) return false;
  return mentions(before, outside) || (isVisit && before.every(part => mentions([part], visited)));
}

function tellsLimit({ comment, documentation }: Field): boolean {
  const limited = /\b(?:max(?:imum)?|limit\w*|up to|at most|truncat\w+|cut|short|slug|hash(?:ed)?)\b|<=|≤/i;
  return limited.test(`${comment}\n${documentation}`);
}

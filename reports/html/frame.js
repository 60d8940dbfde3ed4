// The frame around our blocks says a few words in English only, most of them to screen
// readers. They are replaced wherever they turn up outside our own blocks, whole or as the
// parts of a date: `day, Từ ngày`, `11 – November`, `Selected Date: November 23, 2026`.
const SAID = ['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder'];
const PARTS = [
  [/^(\d+) more$/, ([count], say) => `${say('more')} ${count}`],
  [/^(day|month|year), (.+)$/, ([part, name], say) => `${say(part)}, ${name}`],
  [/^(Remove|Shortcut) (.+)$/, ([word, rest], say) => `${say(word)} ${rest}`],
  [/^(\d+ ?MB) per file(.*)$/, ([size, rest], say) => `${size} ${say('per file')}${rest}`],
  [/^(\d{1,2}) – \p{L}+$/u, ([number]) => number],
  [/^(\d+) options? available\.$/, ([count], say) => `${count} ${say('options available')}.`],
  [/^(Choose date|Today), (.+)$/, ([word, rest], say) => `${say(word)}, ${rest}`],
  [/^: (Date set outside allowed range)\. .*$/, ([word], say) => `: ${say(word)}.`],
  [/^(File must be) (\d+)(?:\.0)? ?(MB) or smaller\.$/, ([word, size, unit], say) => `${say(word)} ${size} ${unit}.`],
];
const inOurWords = (text, words) => {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > 90) return text;
  if (Object.hasOwn(words, trimmed)) return text.replace(trimmed, () => words[trimmed]);
  for (const [pattern, said] of PARTS) {
    const found = trimmed.match(pattern);
    if (found) return said(found.slice(1), (word) => words[word] ?? word);
  }
  const chosen = trimmed.match(/^Selected Date: (.+)$/);
  if (!chosen || !words['Selected Date']) return text;
  const day = new Date(chosen[1]);
  return Number.isNaN(day.valueOf()) ? text : `${words['Selected Date']}: ${day.toLocaleDateString('vi-VN')}`;
};
const translate = (node, words) => {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = inOurWords(node.data, words);
    if (said !== node.data && !node.parentElement?.closest('[data-testid=stHtml]')) node.data = said;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest('[data-testid=stHtml]')) return;
  for (const name of SAID) {
    const text = node.getAttribute(name);
    const said = text && inOurWords(text, words);
    if (said !== text) node.setAttribute(name, said);
  }
  node.childNodes.forEach((child) => translate(child, words));
};
// The language is that of the last screen drawn: its frame says which.
const speak = () => {
  const lang = document.querySelector('.shell[lang]')?.lang;
  if (!lang || lang === document.documentElement.lang) return;
  document.documentElement.lang = lang;
  translate(document.body, words());
};
// The frame's picture of a screen that is still loading is hidden from screen readers.
const busy = () => {
  const main = document.querySelector('[data-testid=stMain]');
  const loading = String(document.querySelector('[data-testid=stAppSkeleton]') !== null);
  if (main && main.getAttribute('aria-busy') !== loading) main.setAttribute('aria-busy', loading);
};
// The menu ends where what stands at the right of it begins, however long a person's name is.
const room = new ResizeObserver(([{ target }]) => {
  const app = document.querySelector('.stApp');
  const wide = `${Math.ceil(target.getBoundingClientRect().width) + 40}px`;
  // said anew only where it is new: every element would be styled again
  if (app && app.style.getPropertyValue('--shell') !== wide) app.style.setProperty('--shell', wide);
});
const makeRoom = () => {
  const shell = document.querySelector('.st-key-shell .shell:not([data-measured])');
  if (!shell) return;
  shell.dataset.measured = '';
  room.disconnect();
  room.observe(shell);
};
// The frame tells whoever frames it of each step. Nobody does (frame-ancestors), so its words come
// back to itself, and each is held against a list of hosts.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data?.stCommVersion) event.stopImmediatePropagation();
}, true);
const words = () => WORDS[document.documentElement.lang] ?? {};
translate(document.body, words()); // what was drawn before this script came
new MutationObserver((changes) => {
  speak();
  busy();
  makeRoom();
  const said = words();
  if (Object.keys(said).length === 0) return;
  for (const { type, target, addedNodes } of changes) {
    if (type === 'childList') addedNodes.forEach((node) => translate(node, said));
    else if (type === 'characterData') translate(target, said);
    else for (const name of SAID) {
      const text = target.getAttribute(name);
      const ours = text && !target.closest('[data-testid=stHtml]') ? inOurWords(text, said) : text;
      if (ours !== text) target.setAttribute(name, ours);
    }
  }
}).observe(document.body, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SAID,
});

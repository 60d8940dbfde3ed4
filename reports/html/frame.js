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
// One observer for the document, however often the script is loaded.
const speak = (words) => {
  window.kpiSpeaks?.disconnect();
  if (Object.keys(words).length === 0) return;
  translate(document.body, words);
  window.kpiSpeaks = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'childList') addedNodes.forEach((node) => translate(node, words));
      else if (type === 'characterData') translate(target, words);
      else for (const name of SAID) {
        const text = target.getAttribute(name);
        const said = text && !target.closest('[data-testid=stHtml]') ? inOurWords(text, words) : text;
        if (said !== text) target.setAttribute(name, said);
      }
    }
  });
  window.kpiSpeaks.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SAID,
  });
};

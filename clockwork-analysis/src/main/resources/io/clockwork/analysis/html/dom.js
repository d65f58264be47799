// Elements, and text that comes from outside: it only ever becomes a text node or is drawn.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

// Controls, and what turns or hides text, as their numbers.
const visible = (text) => String(text).replace(UNSAFE, (c) => `\\u${c.codePointAt(0).toString(16).padStart(4, '0')}`);

function h(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') Object.assign(element.style, value);
    else element.setAttribute(key, value === true ? '' : visible(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    element.append(child instanceof Node ? child : visible(child));
  }
}

const put = (element, ...children) => append(element, children);

// Text of an event: kept apart from its surroundings, whatever its direction.
const say = (text, className = '') => h(`bdi${className && `.${className}`}`, {}, text);

const plural = (count, noun) =>
  `${number(count)} ${count === 1 ? noun : noun + (noun.endsWith('s') ? 'es' : 's')}`;
const number = (value) => Math.round(value).toLocaleString('en-US');

function duration(nanos) {
  if (nanos < 0) return `-${duration(-nanos)}`;
  if (nanos < 1e3) return `${Math.round(nanos)} ns`;
  if (nanos < 1e6) return `${(nanos / 1e3).toFixed(1)} µs`;
  if (nanos < 1e9) return `${(nanos / 1e6).toFixed(1)} ms`;
  return `${(nanos / 1e9).toFixed(2)} s`;
}

const exactly = (nanos) => `${number(nanos)} ns`;
const percent = (share) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`;

// Hues that stay apart for all common kinds of colour blindness (Okabe and Ito).
const hues = 7;
const hueOf = (() => {
  const given = new Map();
  return (name) => {
    if (!given.has(name)) given.set(name, given.size % hues);
    return given.get(name);
  };
})();
// Services have theirs from the start, so that they look the same in all views.
for (let t = 0; t < log.tasks; t++) hueOf(log.service[t]);
const taskHue = (task) => task % hues;

// The head of a table; names of columns of numbers begin with ">".
const tableHead = (...names) => h('thead', {}, h('tr', {}, names.map((name) => h(name.startsWith('>') ? 'th.number' : 'th', { scope: 'col' }, name.replace(/^>/, '')))));

const isTyping = (target) => target instanceof HTMLInputElement && target.type !== 'range' || target instanceof HTMLSelectElement;

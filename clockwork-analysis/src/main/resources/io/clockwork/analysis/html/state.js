// What is shown is all in the address: #view/argument?q=filter&e=event, so that a link shows the same.
const views = [];
const state = { view: 'overview', argument: '', q: '', e: -1, more: {} };

function address(change = {}) {
  const next = { ...state, ...change };
  const query = new URLSearchParams();
  if (next.q) query.set('q', next.q);
  if (next.e >= 0) query.set('e', next.e);
  for (const [key, value] of Object.entries(next.more)) if (value !== '') query.set(key, value);
  const argument = next.argument === '' ? '' : `/${encodeURIComponent(next.argument)}`;
  return `#${next.view}${argument}${query.size || String(query) ? `?${query}` : ''}`;
}

function readAddress() {
  const [path, query = ''] = splitOnce(location.hash.slice(1), '?');
  const [view, argument = ''] = splitOnce(path.replace(/^\//, ''), '/');
  const parameters = new URLSearchParams(query);
  const event = Number(parameters.get('e') ?? -1);
  state.view = views.some((v) => v.id === view) ? view : 'overview';
  state.argument = decoded(argument);
  state.q = parameters.get('q') ?? '';
  state.e = Number.isInteger(event) && event >= 0 && event < log.size ? event : -1;
  state.more = {};
  for (const [key, value] of parameters) if (key !== 'q' && key !== 'e') state.more[key] = value;
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// A step that the back button undoes; with `quietly` one that it does not.
function go(change, quietly = false) {
  const to = address(change);
  if (to === location.hash) return;
  if (quietly) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  show();
}

const goView = (view, argument = '', more = {}) => go({ view, argument, more });
const select = (event, quietly = true) => go({ e: event }, quietly);

const linkTo = (change, ...children) => h('a', { href: address({ more: {}, argument: '', ...change }) }, ...children);

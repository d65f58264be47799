// What is around the views: navigation, filter, keys, theme.
const byId = (id) => document.getElementById(id);
const view = () => views.find((v) => v.id === state.view);
const SHELL_KEYS = {
  '?': ['Show or close these keys', () => toggleKeys()],
  '/': ['Filter events', () => byId('filter').focus()],
  t: ['Dark or light', () => toggleTheme()],
  x: ['Clear the filter', () => go({ q: '' }, true)],
  Escape: ['Close the event, or the keys', () => (byId('keys').open ? byId('keys').close() : select(-1))],
};
const VIEW_KEYS = '1234567890-=';
let drawn = '';

function show() {
  readAddress();
  const now = view();
  const key = `${state.view}/${state.argument}`;
  const seen = drawn;
  const main = byId('view');
  if (key !== drawn || !now.refresh) {
    const top = key === drawn ? main.scrollTop : 0;
    main.replaceChildren();
    main.className = `view-${now.id}`;
    now.draw(main);
    main.scrollTop = top;
    drawn = key;
  } else {
    now.refresh();
  }
  for (const link of byId('views').children) {
    link.setAttribute('aria-current', link.dataset.view === state.view ? 'page' : 'false');
    link.href = address({ view: link.dataset.view, argument: '', more: {} });
    if (link.dataset.view === state.view && key !== seen) link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  byId('filter').value = document.activeElement === byId('filter') ? byId('filter').value : state.q;
  byId('matches').textContent = state.q ? `${number(filterEvents().events.length)} of ${number(log.size)}` : '';
  document.body.classList.toggle('filters', Boolean(now.filters));
  drawDetails();
}

function drawNavigation() {
  byId('title').textContent = visible(data.title);
  byId('views').replaceChildren(...views.map((v, i) => h('a', { href: address({ view: v.id }), 'data-view': v.id, title: `${v.title} (${VIEW_KEYS[i]})` },
    h('span', {}, v.title), v.count && v.count() ? h('small', {}, compact(v.count())) : '')));
}

const compact = (count) => (count < 10_000 ? number(count) : `${number(count / 1000)}k`);

function toggleTheme(dark = !isDark()) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  try {
    localStorage.setItem('clockwork-theme', dark ? 'dark' : 'light');
  } catch {
    // Files may have no storage: the theme lasts as long as the page does.
  }
  themed();
}

const isDark = () => {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

function themed() {
  byId('theme').textContent = isDark() ? 'Light' : 'Dark';
  view()?.repaint?.();
}

function toggleKeys() {
  const dialog = byId('keys');
  if (dialog.open) {
    dialog.close();
    return;
  }
  const row = (key, what) => h('tr', {}, h('th', {}, key.split(' ').map((one) => h('kbd', {}, one))), h('td', {}, what));
  dialog.replaceChildren(h('h2', {}, 'Keys'), h('table', {},
    views.map((v, i) => row(VIEW_KEYS[i], v.title)),
    Object.entries(SHELL_KEYS).map(([key, [what]]) => row(key, what)),
    row('j k', 'Next, last: event, finding, row; arrows do it too'),
    row('n p', 'In findings and variables: step on, step back'),
    row('+ - 0', 'In timeline and causal order: closer, farther, all'),
    row('h l', 'In timeline and causal order: left, right; in the tree: close, open'),
    row('Enter', 'In the tree: open or close')),
  h('h2', {}, 'Filter'),
  h('p', {}, 'Words must all occur. ', h('code', {}, 'kind:write on:balance task:"transfer 100" -site:Test is:raced'),
    ' looks in columns: kind, on, value, site, thread, task, service, trace; ', h('code', {}, 'is:raced'), ', ', h('code', {}, 'is:failed'), '.'),
  h('form', { method: 'dialog' }, h('button', {}, 'Close')));
  dialog.showModal();
}

const ARROWS = { ArrowDown: 'j', ArrowUp: 'k', ArrowLeft: 'h', ArrowRight: 'l' };

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const actions = view().keys ?? {};
  const number = VIEW_KEYS.indexOf(event.key);
  const action = actions[event.key] ?? actions[ARROWS[event.key]] ?? SHELL_KEYS[event.key]?.[1]
    ?? (number >= 0 && number < views.length ? () => goView(views[number].id) : undefined);
  if (!action || (byId('keys').open && !SHELL_KEYS[event.key])) return;
  event.preventDefault();
  action(event);
}

function start() {
  try {
    const theme = localStorage.getItem('clockwork-theme');
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {
    // As above.
  }
  views.sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
  readAddress();
  drawNavigation();
  byId('search').addEventListener('submit', (event) => event.preventDefault());
  byId('filter').addEventListener('input', () => go({ q: byId('filter').value, view: view().filters ? state.view : 'list', argument: view().filters ? state.argument : '' }, true));
  byId('filter').placeholder = 'Filter events:  word  kind:write  task:…   ( / )';
  byId('theme').addEventListener('click', () => toggleTheme());
  byId('help').addEventListener('click', () => toggleKeys());
  addEventListener('keydown', pressed);
  addEventListener('popstate', show);
  addEventListener('hashchange', show);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-event]');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    select(Number(link.dataset.event));
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themed);
  show();
  themed();
  // The first keystroke finds it done.
  setTimeout(() => [lowered(), taskLabelTexts()], 300);
}

const ORDER = ['overview', 'races', 'list', 'tree', 'timeline', 'causal', 'path', 'locks', 'variables', 'services', 'anomalies'];

start();
document.documentElement.dataset.ready = 'true';
performance.mark('clockwork-ready');
// For scripts and the browser's console: the report as Report.toJson() has it, with moments since the page's first one.
window.clockwork = { report };

// All events in causal order, or those that the filter lets through.
const listView = {
  id: 'list',
  title: 'Events',
  filters: true,
  count: () => log.size,
  draw(main) {
    this.list = new VirtualList((i) => eventRow(filterEvents().events[i]), 'Events in causal order');
    put(main, h('h1', {}, 'Events'),
      h('div.head.columns', { 'aria-hidden': 'true' }, ['', timed ? 'time' : '', 'task', 'what', 'on', 'value', 'site'].map((name) => h('span', {}, name))),
      this.list.element, h('p.empty', { hidden: true }, 'No event passes the filter.'));
    this.list.element.addEventListener('click', (e) => {
      const row = e.target.closest('.row');
      if (row && !e.target.closest('a')) select(Number(row.dataset.event));
    });
    this.refresh();
    this.list.reveal(indexOf(filterEvents().events, state.e));
  },
  refresh() {
    const { events } = filterEvents();
    this.list.show(events.length, indexOf(events, state.e));
    this.list.element.nextElementSibling.hidden = events.length > 0;
  },
  move(by) {
    const { events } = filterEvents();
    if (events.length === 0) return;
    const at = indexOf(events, state.e);
    const next = at < 0 ? 0 : Math.max(0, Math.min(events.length - 1, at + by));
    select(events[next]);
    this.list.reveal(next);
  },
  keys: {
    j: () => listView.move(1),
    k: () => listView.move(-1),
    PageDown: () => listView.move(20),
    PageUp: () => listView.move(-20),
    Home: () => listView.move(-Infinity),
    End: () => listView.move(Infinity),
  },
};
views.push(listView);

function indexOf(events, event) {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle] < event) low = middle + 1;
    else high = middle;
  }
  return events[low] === event ? low : -1;
}

function eventRow(event) {
  const value = valueOf(event);
  return h(`div.columns${raced.has(event) ? '.raced' : ''}`, { 'data-event': event },
    h('span.event', { role: 'gridcell' }, `#${event}`),
    h('span.time', { role: 'gridcell' }, timed ? momentOf(event) : ''),
    h('span', { role: 'gridcell' }, taskName(log.task[event])),
    h('span.kind', { role: 'gridcell' }, kindOf(event).toLowerCase().replaceAll('_', ' ')),
    h('span', { role: 'gridcell' }, say(textOf('subject', event), 'subject')),
    h('span.value', { role: 'gridcell' }, value === undefined ? '' : say(value), raced.has(event) ? h('em', {}, ' raced') : ''),
    h('span.site', { role: 'gridcell' }, say(textOf('site', event))));
}

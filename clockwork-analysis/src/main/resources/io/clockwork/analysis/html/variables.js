// Who wrote what over what, and what each task knew of it meanwhile.
const variables = (() => {
  const bySubject = new Map();
  for (let e = 0; e < log.size; e++) {
    if (!isAccess(e)) continue;
    const entry = bySubject.get(log.subject[e]);
    if (entry) {
      entry.count++;
      entry.raced ||= raced.has(e);
    } else {
      bySubject.set(log.subject[e], { name: texts[log.subject[e]], subject: log.subject[e], count: 1, raced: raced.has(e) });
    }
  }
  const races = new Map(report.variables.map((variable) => [variable.name, variable.races]));
  return [...bySubject.values()]
    .map((variable) => ({ ...variable, shared: races.has(variable.name), races: races.get(variable.name) ?? 0 }))
    .sort((a, b) => b.races - a.races || b.shared - a.shared || b.count - a.count || (a.name < b.name ? -1 : 1));
})();

// All accesses of a variable; each with the write before it, which a read saw and a write replaced.
function trailOf(variable) {
  const entries = [];
  let last = -1;
  for (let e = 0; e < log.size; e++) {
    if (log.subject[e] !== variable.subject || !isAccess(e)) continue;
    entries.push({ event: e, saw: last });
    if (WRITES.has(log.kind[e])) last = e;
  }
  return entries;
}

// Per event the last write of a variable that its task can know of: its own, or one that an edge told of.
function knowledge(variable) {
  const knows = new Int32Array(log.size).fill(-1);
  for (let e = 0; e < log.size; e++) {
    let last = before(e) >= 0 ? knows[before(e)] : -1;
    for (let k = log.causeStart[e]; k < log.causeStart[e + 1]; k++) last = Math.max(last, knows[log.cause[k]]);
    knows[e] = log.subject[e] === variable.subject && WRITES.has(log.kind[e]) ? e : last;
  }
  return knows;
}

const variablesView = {
  id: 'variables',
  title: 'Variables',
  count: () => variables.length,
  draw(main) {
    put(main, h('h1', {}, 'Variables'));
    if (variables.length === 0) {
      put(main, h('p.empty', {}, 'No variable was recorded.'));
      return;
    }
    const variable = variables.find((one) => one.name === state.argument) ?? variables[0];
    this.variable = variable;
    this.trail = trailOf(variable);
    this.knows = knowledge(variable);
    this.tasks = [...new Set(this.trail.map(({ event }) => log.task[event]))].slice(0, 60);
    const at = this.trail.findIndex(({ event }) => event === state.e);
    const slider = h('input', { type: 'range', min: 0, max: this.trail.length - 1, value: Math.max(0, at), 'aria-label': 'Step through the accesses', oninput: (e) => this.goTo(Number(e.target.value)) });
    this.slider = slider;
    this.known = h('div.known', { 'aria-live': 'polite' });
    this.list = new VirtualList((i) => this.row(i), 'Audit trail');
    this.list.element.addEventListener('click', (e) => {
      const row = e.target.closest('.row');
      if (row) this.goTo(Number(row.dataset.index));
    });
    put(main, h('div.split', {},
      h('ol.findings.pick', {}, variables.slice(0, 500).map((one) => h(`li${one === variable ? '.chosen' : ''}`, {},
        h('a', { href: address({ argument: one.name, e: -1 }), 'aria-current': one === variable ? 'true' : undefined }, say(one.name, 'subject'),
          h('small', {}, one.races ? h('em.failed', {}, `${plural(one.races, 'race')} · `) : one.shared ? 'shared · ' : '', plural(one.count, 'access'))))),
        variables.length > 500 ? h('li', {}, `and ${number(variables.length - 500)} more`) : ''),
      h('div', {},
        h('h2.first', {}, say(variable.name, 'subject')),
        h('div.stepper', {}, h('button', { type: 'button', title: 'Step back (p)', onclick: () => this.goTo(this.at - 1) }, '◀'), h('button', { type: 'button', title: 'Step on (n)', onclick: () => this.goTo(this.at + 1) }, '▶'), slider),
        this.known,
        h('div.head.audit', { 'aria-hidden': 'true' }, ['', 'task', 'what', '', 'site'].map((name) => h('span', {}, name))),
        this.list.element)));
    this.refresh();
  },
  get at() {
    return Math.max(0, indexOf(this.trail.map(({ event }) => event), state.e));
  },
  goTo(i) {
    const index = Math.max(0, Math.min(this.trail.length - 1, i));
    select(this.trail[index].event);
    this.list.reveal(index);
  },
  refresh() {
    if (variables.length === 0) return;
    const index = this.at;
    this.slider.value = index;
    this.list.element.style.height = `${Math.min(this.trail.length * ROW + 2, Math.max(240, innerHeight - 420))}px`;
    this.list.show(this.trail.length, index);
    this.drawKnown(this.trail[index].event);
  },
  // What the first read saw before any write.
  initial() {
    const [{ event }] = this.trail;
    return WRITES.has(log.kind[event]) ? undefined : valueOf(event);
  },
  // What was so after an event, and what each task could know of it then.
  drawKnown(event) {
    const { trail, knows, tasks } = this;
    const latest = WRITES.has(log.kind[event]) ? event : trail.find((entry) => entry.event === event).saw;
    const lastOf = new Map();
    for (const task of tasks) {
      let [low, high] = [firstOf[task], firstOf[task + 1]];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (byTask[middle] <= event) low = middle + 1;
        else high = middle;
      }
      if (low > firstOf[task]) lastOf.set(task, byTask[low - 1]);
    }
    const initial = this.initial();
    const told = (write) => (write < 0 ? [initial === undefined ? '' : h('b', {}, say(initial, 'value')), h('span.faint', {}, initial === undefined ? 'no write' : ' from before the log')] : [h('b', {}, say(valueOf(write) ?? '?', 'value')), ' of ', eventLink(write)]);
    this.known.replaceChildren(
      h('p', {}, `After #${event} it holds `, told(latest), '. What each task could know of it then:'),
      h('ul.plain', {}, tasks.map((task) => {
        const last = lastOf.get(task);
        const behind = last !== undefined && knows[last] < latest;
        return h(`li${log.task[event] === task ? '.acts' : ''}`, {}, taskName(task), ' ',
          last === undefined ? h('span.faint', {}, 'has not begun') : told(knows[last]), behind ? h('em.behind', {}, ' does not know the last write') : '');
      })));
  },
  row(i) {
    const { event, saw } = this.trail[i];
    const writes = WRITES.has(log.kind[event]);
    const value = (at) => (at < 0 ? this.initial() : valueOf(at)) ?? '?';
    return h('div.audit', { 'data-index': i, 'data-event': event },
      h('span.event', { role: 'gridcell' }, `#${event}`),
      h('span', { role: 'gridcell' }, taskName(log.task[event])),
      h('span.value', { role: 'gridcell' }, writes ? [say(value(saw)), ' → ', h('b', {}, say(value(event)))] : ['read ', say(value(event)), saw >= 0 ? h('small', {}, ` of #${saw}`) : '']),
      h('span', { role: 'gridcell' }, raced.has(event) ? h('em.failed', {}, 'raced') : ''),
      h('span.site', { role: 'gridcell' }, say(textOf('site', event))));
  },
  keys: {
    ...pickKeys(),
    n: () => variablesView.goTo(variablesView.at + 1),
    p: () => variablesView.goTo(variablesView.at - 1),
  },
};
views.push(variablesView);

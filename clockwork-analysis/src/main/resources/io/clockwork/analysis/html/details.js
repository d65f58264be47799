// Beside the view: the event that is selected, its causes and its effects.
const effects = (() => {
  let starts;
  let targets;
  return (event) => {
    if (!starts) {
      starts = new Int32Array(log.size + 1);
      for (const from of log.cause) starts[from + 1]++;
      for (let e = 0; e < log.size; e++) starts[e + 1] += starts[e];
      targets = new Int32Array(log.cause.length);
      const next = starts.slice();
      for (let e = 0; e < log.size; e++) {
        for (let k = log.causeStart[e]; k < log.causeStart[e + 1]; k++) targets[next[log.cause[k]]++] = e;
      }
    }
    return Array.from(targets.subarray(starts[event], starts[event + 1]));
  };
})();

const causesOf = (event) => Array.from(log.cause.subarray(log.causeStart[event], log.causeStart[event + 1]));

const VERBS = { RESUME: 'runs on', BEGIN: 'begins', END: 'ends', CUSTOM: '' };
const verbOf = (event) => {
  const kind = kindOf(event);
  return VERBS[kind] ?? kind.toLowerCase().replaceAll('_', ' ');
};
const momentOf = (event) => `+${duration(log.nanos[event])}`;

function eventLine(event) {
  return h('li', {}, eventLink(event), ' ', hueMark(log.task[event]), say(taskLabels[log.task[event]]), ': ', verbOf(event), ' ', say(textOf('subject', event), 'subject'),
    valueOf(event) !== undefined ? h('b', {}, ' ', say(valueOf(event))) : '');
}

function drawDetails() {
  const panel = document.getElementById('details');
  const event = state.e;
  panel.hidden = event < 0;
  document.body.classList.toggle('with-details', event >= 0);
  if (event < 0) {
    panel.replaceChildren();
    return;
  }
  const task = log.task[event];
  const count = (marks) => marks.reduce((sum, mark) => sum + mark, 0);
  const past = count(pastOf(event));
  const future = count(futureOf(event));
  const facts = [
    ['Task', taskName(task)],
    ['Operation', operationOf(event) && say(operationOf(event))],
    ['Value', valueOf(event) !== undefined && say(valueOf(event), 'value')],
    ['Site', textOf('site', event) && say(textOf('site', event), 'site')],
    ['Thread', textOf('thread', event) && say(textOf('thread', event))],
    ['Service', texts[log.service[task]] && say(texts[log.service[task]])],
    ['Trace', texts[log.traceName[log.trace[task]]] && say(texts[log.traceName[log.trace[task]]])],
    ['Time', timed && h('span', { title: exactly(log.nanos[event]) }, momentOf(event))],
    ['Order', `${number(past)} before, ${number(future)} after, ${number(log.size - 1 - past - future)} concurrent`],
  ].filter(([, value]) => value);
  const list = (title, events) => (events.length
    ? h('section', {}, h('h3', {}, title), h('ul', {}, events.slice(0, 12).map(eventLine), events.length > 12 ? h('li', {}, `and ${number(events.length - 12)} more`) : '')) : '');
  const elsewhere = [['list', 'List'], ['timeline', 'Timeline'], ['causal', 'Causal order'], ...(isAccess(event) ? [['variables', 'Variable']] : [])]
    .filter(([id]) => views.some((view) => view.id === id))
    .map(([id, title]) => linkTo({ view: id, argument: id === 'variables' ? textOf('subject', event) : '' }, title));
  panel.replaceChildren(
    h('header', {}, h('h2', {}, `#${event} `, verbOf(event), ' ', say(textOf('subject', event), 'subject')),
      h('button.close', { type: 'button', 'aria-label': 'Close', onclick: () => select(-1) }, '×')),
    raced.has(event) ? h('p.warning', {}, 'Nothing orders this with another access of the same variable.') : '',
    h('dl', {}, facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    list('Caused by', [...(before(event) >= 0 ? [before(event)] : []), ...causesOf(event)]),
    list('Led to', [...(after(event) >= 0 ? [after(event)] : []), ...effects(event)]),
    h('p.elsewhere', {}, 'Show in ', elsewhere.map((link, i) => [i ? ' · ' : '', link])));
}

// Filters: words that must all occur, "key:word" in one column, "-word" for what must not. Each word is looked for once in
// the texts, not once in every event.
const FILTER_KEYS = {
  kind: (event) => event,
  on: 'subject',
  value: 'value',
  site: 'site',
  thread: 'thread',
  task: 'task',
  service: 'service',
  trace: 'trace',
};

const lowered = (() => {
  let all;
  return () => (all ??= texts.map((text) => text.toLowerCase()));
})();

function parseFilter(q) {
  return (q.match(/-?(?:[a-z]+:)?(?:"[^"]*"?|\S+)/gi) ?? []).map((term) => {
    const not = term.startsWith('-') && term.length > 1;
    let word = not ? term.slice(1) : term;
    const key = /^([a-z]+):/i.exec(word)?.[1].toLowerCase();
    const known = key && (key in FILTER_KEYS || key === 'is');
    if (known) word = word.slice(key.length + 1);
    return { not, key: known ? key : '', word: word.replace(/^"|"$/g, '').toLowerCase() };
  }).filter((term) => term.word !== '');
}

function termMatcher({ key, word }) {
  if (key === 'is') return word === 'raced' ? (event) => raced.has(event) : word === 'failed' ? (event) => log.failed[log.task[event]] : () => false;
  const hits = Uint8Array.from(lowered(), (text) => (text.includes(word) ? 1 : 0));
  const kinds = data.kinds.map((kind) => kind.toLowerCase().includes(word));
  const taskHits = (names) => Uint8Array.from({ length: log.tasks }, (_, task) => names(task));
  const label = (task) => (taskLabels[task].toLowerCase().includes(word) || `task ${task}` === word || String(task) === word ? 1 : 0);
  const byTask = { task: () => taskHits((t) => hits[log.taskName[t]] | label(t)), service: () => taskHits((t) => hits[log.service[t]]), trace: () => taskHits((t) => hits[log.traceName[log.trace[t]]]) };
  if (key in byTask) {
    const tasks = byTask[key]();
    return (event) => tasks[log.task[event]];
  }
  if (key === 'kind') return (event) => kinds[log.kind[event]];
  if (key === 'value') return (event) => log.value[event] >= 0 && hits[log.value[event]];
  if (key) return (event) => hits[log[FILTER_KEYS[key]][event]];
  const tasks = taskHits((t) => hits[log.taskName[t]] | label(t) | hits[log.service[t]] | hits[log.traceName[log.trace[t]]]);
  return (event) => kinds[log.kind[event]] || hits[log.subject[event]] || hits[log.site[event]] || hits[log.thread[event]]
    || tasks[log.task[event]] || (log.value[event] >= 0 && hits[log.value[event]]);
}

let filtered = { q: null, events: null, matches: null };

// The events that the filter lets through, ascending, and per event whether it does.
function filterEvents(q = state.q) {
  if (filtered.q === q) return filtered;
  const terms = parseFilter(q).map((term) => ({ not: term.not, matches: termMatcher(term) }));
  const matches = new Uint8Array(log.size);
  const events = new Int32Array(log.size);
  let count = 0;
  for (let e = 0; e < log.size; e++) {
    let passes = true;
    for (let k = 0; passes && k < terms.length; k++) passes = Boolean(terms[k].matches(e)) !== terms[k].not;
    if (passes) {
      matches[e] = 1;
      events[count++] = e;
    }
  }
  filtered = { q, events: events.subarray(0, count), matches, all: terms.length === 0 };
  return filtered;
}

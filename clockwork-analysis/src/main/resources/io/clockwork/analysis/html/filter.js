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

const hasRaced = (event) => raced.has(event);
const hasFailed = (event) => log.failed[log.task[event]];

function termMatcher({ key, word }) {
  if (key === 'is') return { raced: hasRaced, failed: hasFailed }[word] ?? (() => false);
  const all = lowered();
  const hits = new Uint8Array(all.length);
  for (let i = 0; i < hits.length; i++) if (all[i].includes(word)) hits[i] = 1;
  const kinds = data.kinds.map((kind) => kind.toLowerCase().includes(word));
  if (key === 'kind') return (event) => kinds[log.kind[event]];
  if (key === 'value') return (event) => log.value[event] >= 0 && hits[log.value[event]];
  if (key && !(key in TASK_COLUMNS)) {
    const column = log[FILTER_KEYS[key]];
    return (event) => hits[column[event]];
  }
  const columns = key ? [TASK_COLUMNS[key]] : Object.values(TASK_COLUMNS);
  const tasks = new Uint8Array(log.tasks);
  for (let t = 0; t < log.tasks; t++) if (columns.some((column) => column(t, hits, word))) tasks[t] = 1;
  if (key) return (event) => tasks[log.task[event]];
  const { kind, subject, site, thread, task, value } = log;
  return (event) => tasks[task[event]] || hits[subject[event]] || kinds[kind[event]] || hits[site[event]] || hits[thread[event]]
    || (value[event] >= 0 && hits[value[event]]);
}

// A task is also found by its number.
const TASK_COLUMNS = {
  task: (t, hits, word) => hits[log.taskName[t]] || taskLabelTexts()[t].includes(word) || word === String(t) || word === `task ${t}`,
  service: (t, hits) => hits[log.service[t]],
  trace: (t, hits) => hits[log.traceName[log.trace[t]]],
};

const taskLabelTexts = (() => {
  let all;
  return () => (all ??= taskLabels.map((label) => label.toLowerCase()));
})();

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

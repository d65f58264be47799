// Who called whom: a drawing for as many services as can be read, and a table of all.
const MOST_DRAWN = 60;

const servicesView = {
  id: 'services',
  title: 'Services',
  count: () => report.services.length,
  draw(main) {
    put(main, h('h1', {}, 'Services'));
    if (report.services.length === 0) {
      put(main, h('p.empty', {}, 'No service was recorded.'));
      return;
    }
    put(main, 
      report.calls.length === 0 || report.services.length > MOST_DRAWN ? '' : report.calls.length > 3 * report.services.length ? callMatrix() : serviceDrawing(),
      h('h2', {}, 'Services'),
      h('table.plain-table', {}, tableHead('service', '>operations', '>failed', 'share of the critical paths'),
        h('tbody', {}, [...report.services].sort((a, b) => b.pathShare - a.pathShare).map((service) => h('tr', {},
          h('td', {}, h('i.mark', { style: { background: `var(--hue-${hueOfName(service.name)})` } }), linkTo({ view: 'list', q: `service:"${service.name}"` }, say(service.name)), service.recorded ? '' : h('small', {}, ' only named by others')),
          h('td.number', {}, number(service.operations)), h('td.number', {}, service.errors ? h('em.failed', {}, number(service.errors)) : '0'),
          h('td.bar', {}, h('i', { style: { width: `${service.pathShare * 100}%`, background: `var(--hue-${hueOfName(service.name)})` } }), h('small', {}, percent(service.pathShare))))))),
      report.calls.length ? [h('h2', {}, 'Calls'), h('table.plain-table', {},
        tableHead('caller', 'callee', '>calls', '>failed', '>median', '>p95', '>p99', '>on the way', '>of the paths'),
        h('tbody', {}, [...report.calls].sort((a, b) => b.pathShare - a.pathShare || b.count - a.count).slice(0, 400).map((call) => h('tr', {},
          h('td', {}, say(call.caller)), h('td', {}, say(call.callee), call.inferred ? h('small', {}, ` ${number(call.inferred)} inferred`) : ''), h('td.number', {}, number(call.count)),
          h('td.number', {}, call.errors ? h('em.failed', {}, number(call.errors)) : '0'),
          ['median', 'p95', 'p99'].map((q) => h('td.number', {}, sideOf(call).count ? duration(sideOf(call)[q]) : '')),
          h('td.number', {}, call.callerSide.count && call.calleeSide.count ? duration(Math.max(0, call.callerSide.median - call.calleeSide.median)) : ''),
          h('td.number', {}, percent(call.pathShare)))))), report.calls.length > 400 ? h('p', {}, `and ${number(report.calls.length - 400)} more, which took less`) : ''] : '');
  },
};
views.push(servicesView);

// Where nearly all call nearly all, arrows tell nothing: a row for each caller, a column for each callee.
function callMatrix() {
  const names = report.services.map((service) => service.name);
  const most = Math.max(...report.calls.map((call) => call.count));
  const counts = new Map(report.calls.map((call) => [`${call.caller}\n${call.callee}`, call]));
  const cell = (caller, callee) => {
    const call = counts.get(`${caller}\n${callee}`);
    return h('td', { title: call ? `${caller} → ${callee}: ${plural(call.count, 'call')}, ${number(call.errors)} failed` : undefined,
      style: { background: call ? `color-mix(in srgb, var(--hue-0) ${12 + 68 * Math.sqrt(call.count / most)}%, transparent)` : '' } }, call ? number(call.count) : '');
  };
  return h('div.service-graph', {}, h('table.heat.matrix', {},
    h('thead', {}, h('tr', {}, h('th', {}, 'calls from, to'), names.map((name) => h('th', { scope: 'col' }, say(name))))),
    h('tbody', {}, names.map((caller) => h('tr', {}, h('th', { scope: 'row' }, say(caller)), names.map((callee) => cell(caller, callee)))))));
}

const sideOf = (call) => (call.callerSide.count ? call.callerSide : call.calleeSide);

// Callers to the left of what they call, as far as calls do not go in circles.
function serviceLayers() {
  const layer = new Map(report.services.map((service) => [service.name, 0]));
  for (let round = 0; round < Math.min(report.services.length, 12); round++) {
    let moved = false;
    for (const { caller, callee } of report.calls) {
      if (caller === callee || !layer.has(caller) || !layer.has(callee) || layer.get(callee) > layer.get(caller)) continue;
      const comesBack = report.calls.some((other) => other.caller === callee && other.callee === caller);
      if (comesBack && layer.get(callee) > 0) continue;
      layer.set(callee, layer.get(caller) + 1);
      moved = true;
    }
    if (!moved) break;
  }
  return layer;
}

function serviceDrawing() {
  const SVG = 'http://www.w3.org/2000/svg';
  const s = (name, attributes, ...children) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    append(element, children);
    return element;
  };
  const layers = serviceLayers();
  const columns = [];
  for (const service of report.services) (columns[layers.get(service.name)] ??= []).push(service);
  const used = columns.filter(Boolean);
  const [boxWidth, boxHeight, gapX, gapY] = [168, 42, 74, 16];
  const tallest = Math.max(...used.map((column) => column.length));
  const height = tallest * (boxHeight + gapY) + gapY;
  const width = used.length * (boxWidth + gapX) - gapX + 8;
  const place = new Map();
  used.forEach((column, i) => column.forEach((service, k) => place.set(service.name, {
    x: 4 + i * (boxWidth + gapX), y: (height - column.length * (boxHeight + gapY) + gapY) / 2 + k * (boxHeight + gapY) })));
  const mostCalls = Math.max(...report.calls.map((call) => call.count));
  const edges = report.calls.filter((call) => place.has(call.caller) && place.has(call.callee) && call.caller !== call.callee).map((call) => {
    const [a, b] = [place.get(call.caller), place.get(call.callee)];
    const forward = b.x > a.x;
    const [x1, y1] = [forward ? a.x + boxWidth : a.x + boxWidth / 2, forward ? a.y + boxHeight / 2 : a.y + boxHeight];
    const [x2, y2] = [forward ? b.x : b.x + boxWidth / 2, forward ? b.y + boxHeight / 2 : b.y + boxHeight];
    const bend = forward ? (x2 - x1) / 2 : 0;
    return s('path', { class: `call${call.errors ? ' failed' : ''}`, d: `M${x1} ${y1} C${x1 + bend} ${y1 + (forward ? 0 : 30)} ${x2 - bend} ${y2 + (forward ? 0 : 30)} ${x2} ${y2}`,
      'stroke-width': 1 + 4 * Math.sqrt(call.count / mostCalls), 'marker-end': 'url(#head)' }, s('title', {}, `${call.caller} → ${call.callee}: ${plural(call.count, 'call')}, ${number(call.errors)} failed`));
  });
  const boxes = report.services.map((service) => {
    const { x, y } = place.get(service.name);
    return s('g', { transform: `translate(${x} ${y})`, class: `service${service.recorded ? '' : ' named'}` },
      s('title', {}, `${service.name}: ${plural(service.operations, 'operation')}, ${number(service.errors)} failed, ${percent(service.pathShare)} of the critical paths`),
      s('rect', { width: boxWidth, height: boxHeight, rx: 7 }),
      s('rect', { class: 'share', width: Math.max(0, boxWidth * service.pathShare), height: 4, y: boxHeight - 4, x: 0 }),
      s('text', { x: 12, y: 18 }, service.name.length > 22 ? `${service.name.slice(0, 21)}…` : service.name),
      s('text', { x: 12, y: 33, class: 'small' }, service.recorded ? `${plural(service.operations, 'op')}${service.errors ? `, ${number(service.errors)} failed` : ''}` : 'named by others'));
  });
  return h('div.service-graph', {}, s('svg', { width, height: height + 20, viewBox: `0 0 ${width} ${height + 20}`, role: 'img', 'aria-label': 'Who calls whom' },
    s('defs', {}, s('marker', { id: 'head', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse' }, s('path', { d: 'M0 0 L8 4 L0 8 z', class: 'head-mark' }))), edges, boxes));
}

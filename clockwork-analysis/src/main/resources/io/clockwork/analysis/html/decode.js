// Reads the columns that the page carries; NumberText and Columns wrote them.
const DIGIT = new Uint8Array(128);
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  .split('').forEach((digit, i) => { DIGIT[digit.charCodeAt(0)] = i; });

function numbers(text, size, Type = Float64Array) {
  const column = new Type(size);
  if (size === 0) return column;
  const mode = text[0];
  let at = 1;
  let before = 0;
  for (let i = 0; i < size; i++) {
    let digit = DIGIT[text.charCodeAt(at++)];
    let folded = digit & 31;
    let unit = 1;
    while (digit & 32) {
      digit = DIGIT[text.charCodeAt(at++)];
      unit *= 32;
      folded += (digit & 31) * unit;
    }
    const number = folded % 2 ? -(folded + 1) / 2 : folded / 2;
    if (mode === '*') return column.fill(number);
    before = mode === '~' ? before + number : number;
    column[i] = before;
  }
  return column;
}

function rows(table, texts) {
  const all = Array.from({ length: table.size }, () => ({}));
  for (const [name, column] of Object.entries(table.columns)) {
    const values = cells(column, table.size, texts);
    for (let i = 0; i < table.size; i++) {
      if (values[i] !== undefined) all[i][name] = values[i];
    }
  }
  return all;
}

function cells(column, size, texts) {
  if (typeof column === 'string') return numbers(column, size);
  if ('text' in column) return Array.from(numbers(column.text, size), (number) => texts[number]);
  if ('flag' in column) return Array.from(numbers(column.flag, size), (flag) => flag === 1);
  if ('moment' in column) return numbers(column.moment, size);
  if ('real' in column) return column.real;
  if ('rows' in column) return rows(column.rows, texts);
  if ('some' in column) {
    const some = numbers(column.some, size);
    const values = cells(column.of, some.reduce((sum, flag) => sum + flag, 0), texts);
    let next = 0;
    return Array.from(some, (flag) => (flag ? values[next++] : undefined));
  }
  const lengths = numbers(column.list, size);
  const elements = cells(column.of, lengths.reduce((sum, length) => sum + length, 0), texts);
  let start = 0;
  return Array.from(lengths, (length) => Array.from(elements.slice(start, start += length)));
}

/**
 * The runner's secret masker: a registered value is hidden as it is and in the forms in which programs print it
 * (actions/runner, HostContext.cs and ValueEncoders.cs: base64 at three byte offsets, URL, JSON, XML, command line).
 */
export class SecretMasker {
  private readonly registered = new Set<string>();
  private readonly forms = new Set<string>();

  /** The values registered, in order, without their encoded forms. */
  get values(): readonly string[] {
    return [...this.registered];
  }

  /** Hides `value`; blank values are not registered. */
  add(value: string): void {
    if (value.trim() === '' || this.registered.has(value)) return;
    this.registered.add(value);
    for (const form of formsOf(value)) if (form !== '') this.forms.add(form);
  }

  /** Hides `value` and each of its lines, as the `add-mask` command does. */
  addWithLines(value: string): void {
    this.add(value);
    for (const line of value.split(/[\r\n]+/)) this.add(line);
  }

  /** The text with every hidden range replaced by `***`; ranges that touch or overlap become one. */
  mask(text: string): string {
    let ranges: [number, number][] | undefined;
    for (const form of this.forms) {
      // Also overlapping occurrences of one form, hence the step of one.
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        (ranges ??= []).push([at, at + form.length]);
      }
    }
    if (!ranges) return text;
    ranges.sort((a, b) => a[0] - b[0]);
    let result = '';
    let end = 0;
    for (const [from, to] of ranges) {
      if (from > end || (from === end && end === 0)) result += `${text.slice(end, from)}***`;
      end = Math.max(end, to);
    }
    return result + text.slice(end);
  }
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = (shift: number): string => bytes.subarray(bytes.length > shift ? shift : 0).toString('base64');
  const uri = encodeUri(value);
  const xml = value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
  const unquoted = value.length > 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '';
  return [
    value,
    base64(0),
    base64(1),
    base64(2),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    uri,
    xml,
    unquoted,
  ];
}

/** RFC 3986: everything but the unreserved characters. By way of bytes, since a lone surrogate has no URL form. */
function encodeUri(value: string): string {
  return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

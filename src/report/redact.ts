import type { RunRecord } from '../record';
import { isSecretName, REDACTED, redactShapes } from '../secret-shapes';

/** Secrets shorter than this are not looked for: taking out every `1` ruins a report and hides nothing. */
const SECRET_LENGTH_MIN = 6;

/** Query parameters that make an address a key: S3, CloudFront, Google, Azure. */
const SIGNED = /[?&](?:X-Amz-|X-Goog-|Signature=|sig=|AWSAccessKeyId=|Key-Pair-Id=|access_token=)/iu;

/** Takes out what looks like a credential, and every given secret value in its plain, JSON, URL and base64 form. Pure. */
export function redact(text: string, secrets: readonly string[] = []): string {
  return redactForms(text, formsOf(secrets));
}

function redactForms(text: string, forms: readonly string[]): string {
  let result = text;
  for (const form of forms) result = result.replaceAll(form, REDACTED);
  result = redactShapes(result);
  // Token by token, so that a line of many half addresses costs no more than its length.
  if (!result.includes('://')) return result;
  return result.replace(/[^\s"'<>`]+/gu, (token) => {
    if (!token.includes('://')) return token;
    const withoutUser = token.replace(/:\/\/[^/?#@]*@/gu, `://${REDACTED}@`);
    return SIGNED.test(withoutUser)
      ? `${withoutUser.slice(0, withoutUser.search(/[?]/u) + 1)}${REDACTED}`
      : withoutUser;
  });
}

/** A copy of the record with every text in it redacted: what `report.json` holds and what the report is made from. Pure. */
export function redactRecord(record: RunRecord, secrets: readonly string[] = []): RunRecord {
  // Made once: a key of a thousand lines has thousands of forms.
  return redactValue(record, formsOf(secrets)) as RunRecord;
}

function redactValue(value: unknown, forms: readonly string[]): unknown {
  if (typeof value === 'string') return redactForms(value, forms);
  if (Array.isArray(value)) {
    const items = value as unknown[];
    // A key may run over many lines of a log: lines are looked at together.
    if (items.length > 1 && items.every((item) => typeof item === 'string')) {
      return redactForms(items.join('\n'), forms).split('\n');
    }
    return items.map((item) => redactValue(item, forms));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [
      redactForms(name, forms),
      typeof item === 'string' && isSecretName(name) && item !== '' ? REDACTED : redactValue(item, forms),
    ]),
  );
}

/** Every way in which the values may appear, the longest first, so that none is cut by another. */
function formsOf(secrets: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const value of [secret, ...secret.split(/\r?\n/u)]) {
      const plain = value.trim();
      if (plain.length < SECRET_LENGTH_MIN) continue;
      forms.add(plain);
      forms.add(JSON.stringify(plain).slice(1, -1));
      forms.add(encodeURIComponent(plain.replace(/\p{Cs}/gu, '')));
      forms.add(Buffer.from(plain).toString('base64'));
    }
  }
  return [...forms].filter((form) => form.length >= SECRET_LENGTH_MIN).sort((a, b) => b.length - a.length);
}

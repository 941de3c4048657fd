import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const BUFFER_CHARACTERS = 64 * 1024;

/** The job's log, on disk: memory stays constant however much a step prints. */
export class JobLog {
  private readonly descriptor: number;
  private pending = '';

  constructor(
    readonly path: string,
    private readonly listener: ((line: string) => void) | undefined,
  ) {
    this.descriptor = openSync(path, 'w');
  }

  /** One line, masked already. */
  write(line: string): void {
    this.pending += `${line}\n`;
    if (this.pending.length > BUFFER_CHARACTERS) this.flush();
    this.listener?.(line);
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }

  /** The whole log, for a test to look into. */
  read(): string {
    return readFileSync(this.path, 'utf8');
  }

  private flush(): void {
    writeSync(this.descriptor, this.pending);
    this.pending = '';
  }
}

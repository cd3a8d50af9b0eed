import { describe, expect, it } from 'vitest';
import { scanFormats } from '../../../src/core/report/scanFormats';
import { type ScanReport, plainPaint } from '../../../src/core/report/scanReport';
import { emptyReport, sampleReport, sampleTool } from './sampleReport';

function print(format: string, report: ScanReport = sampleReport): string {
  const style = { paint: plainPaint, width: 90 };
  return scanFormats[format]?.print(report, { tool: sampleTool, style }) ?? 'no such format';
}

describe('the formats of scan', () => {
  it('shows people the line, what is lost, where from and the fix', () => {
    expect(print('text')).toMatchInlineSnapshot(`
      "note, book.ipynb:cell 3:2:10  warning  BN101 restore-trainable-only
        only trainable variables are restored: 100% of <moving_mean> & "moving_variance" is lost
           2 │ wanted = tf.trainable_variables()
             │          ~~~~~~~~~~~~~~~~~~~~~~~~
        from model.py:3:7: BatchNorm is built here
           3 │ net = slim.batch_norm(images)
             │       ~~~~~~~~~~~~~~~
        fix  Restore all global variables

      train.py:3:28  error  BN101 restore-trainable-only
        only trainable variables are restored: 100% of <moving_mean> & "moving_variance" is lost
           3 │ wanted = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)
             │                            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        from model.py:3:7: BatchNorm is built here
           3 │ net = slim.batch_norm(images)
             │       ~~~~~~~~~~~~~~~
        fix  Restore all global variables

      Found 1 error and 1 warning in 2 files (4 files in 12 ms, 1 not analysed)
      2 safe fixes: --fix applies, --diff shows.
      What a rule means: bn-guard explain BN101
      "
    `);
  });

  it('says how sure a finding is where that is not certain', () => {
    const unsure = sampleReport.findings.map((own) => ({ ...own, confidence: 'likely' as const }));
    const few = print('text', { ...sampleReport, findings: unsure });
    expect(few).toContain('BN101 restore-trainable-only (likely)\n');
    const findings = Array.from({ length: 15 }, () => unsure).flat();
    expect(print('text', { ...sampleReport, findings })).toContain('  warning (likely)\n');
  });

  it('names the file of a place once, where several follow each other', () => {
    const [, inFile] = sampleReport.findings;
    const [built] = inFile?.related ?? [];
    const spread = { range: { start: 7, end: 11 }, message: '' };
    const related = [built, { ...spread, path: 'model.py' }, { ...spread, path: 'train.py' }];
    const near = inFile && { ...inFile, related: related.flatMap((own) => own ?? []), fixes: [] };
    const bare = inFile && { ...inFile, related: [], fixes: [] };
    const many = Array.from({ length: 25 }, (_, index) => (index === 0 ? near : bare));
    const text = print('text', { ...sampleReport, findings: many.flatMap((own) => own ?? []) });
    expect(text).toContain('\n  from model.py:3:7, 1:8 and train.py:1:8\ntrain.py:3:28  error\n');
    expect(text).not.toMatch(/^ +$/m);
  });

  it('says plainly that there is nothing', () => {
    expect(print('text', emptyReport)).toBe('No findings (4 files in 12 ms, 1 not analysed)\n');
  });

  it('keeps many findings short: a few lines each, grouped by file, the rule explained once', () => {
    const [inNotebook, inFile] = sampleReport.findings;
    const many = Array.from({ length: 50 }, (_, index) => (index < 2 ? inNotebook : inFile));
    const text = print('text', { ...sampleReport, findings: many.flatMap((own) => own ?? []) });
    expect(text.split('\n').length).toBeLessThan(50 * 6 + 20);
    const [first = '', second = ''] = text.split('\n\n');
    const [one = ''] = second.split(/(?=^train)/m);
    expect(`${first}\n\n${one}`).toMatchInlineSnapshot(`
      "note, book.ipynb:cell 3:2:10  warning
        BN101 only trainable variables are restored
           2 │ wanted = tf.trainable_variables()
             │          ~~~~~~~~~~~~~~~~~~~~~~~~
        from model.py:3:7 · fix: Restore all global variables
      note, book.ipynb:cell 3:2:10  warning
        BN101 only trainable variables are restored
           2 │ wanted = tf.trainable_variables()
             │          ~~~~~~~~~~~~~~~~~~~~~~~~
        from model.py:3:7 · fix: Restore all global variables

      train.py:3:28  error
        BN101 only trainable variables are restored
           3 │ wanted = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES)
             │                            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        from model.py:3:7 · fix: Restore all global variables
      "
    `);
    expect(text.slice(text.lastIndexOf('\n\n', text.indexOf('Found') - 3))).toMatchInlineSnapshot(`
      "

      BN101 restore-trainable-only: Only trainable variables are restored

      Found 48 errors and 2 warnings in 2 files (4 files in 12 ms, 1 not analysed)
      50 safe fixes: --fix applies, --diff shows.
      What a rule means: bn-guard explain BN101
      "
    `);
  });

  it('counts lines and columns from 1 and cells from 0 in JSON', () => {
    const document: unknown = JSON.parse(print('json'));
    expect(document).toMatchObject({
      version: 1,
      tool: { name: 'bn-guard', version: '0.1.0' },
      findings: [
        {
          path: 'note, book.ipynb',
          cell: 2,
          range: { start: { line: 2, column: 10 }, end: { line: 2, column: 34 } },
        },
        {
          path: 'train.py',
          cell: null,
          range: { start: { line: 3, column: 28 }, end: { line: 3, column: 60 } },
          related: [{ path: 'model.py', range: { start: { line: 3, column: 7 } } }],
          fixes: [{ safety: 'safe', edits: [{ newText: 'tf.GraphKeys.GLOBAL_VARIABLES' }] }],
        },
      ],
      problems: [
        { path: 'model.py', kind: 'syntax', range: { start: { line: 3, column: 1 } } },
        { path: 'data.py', kind: 'unreadable', range: null },
      ],
      summary: {
        filesFound: 4,
        filesParsed: 3,
        filesSkipped: 1,
        bySeverity: { error: 1, warning: 1, information: 0, hint: 0 },
        byRule: { BN101: 2 },
      },
    });
  });

  it('writes one JSON object per line, the summary last', () => {
    const types = print('jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['finding', 'finding', 'problem', 'problem', 'summary']);
  });

  it('escapes GitHub annotations and says the cell of a notebook in the message', () => {
    expect(print('github')).toMatchInlineSnapshot(`
      "::warning file=note%2C book.ipynb,line=42,endLine=42,title=BN101 restore-trainable-only::Cell 3, line 2: only trainable variables are restored: 100%25 of <moving_mean> & "moving_variance" is lost
      ::error file=train.py,line=3,endLine=3,col=28,endColumn=60,title=BN101 restore-trainable-only::only trainable variables are restored: 100%25 of <moving_mean> & "moving_variance" is lost
      "
    `);
  });

  it('gives GitLab a fingerprint of its own for each of two equal findings', () => {
    const entries = JSON.parse(print('gitlab')) as { fingerprint: string; description: string }[];
    expect(entries.map(({ fingerprint }) => fingerprint)).toEqual([
      '00112233445566aa',
      '00112233445566aa-1',
    ]);
    expect(entries[0]?.description).toMatch(/^BN101 Cell 3, line 2: /);
  });

  it('writes JUnit with a passing case when there is nothing to report', () => {
    expect(print('junit')).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="bn-guard" tests="2" failures="2">
        <testsuite name="note, book.ipynb" tests="1" failures="1">
          <testcase name="BN101 restore-trainable-only note, book.ipynb:cell 3:2:10" classname="note, book.ipynb" file="note, book.ipynb" line="42">
            <failure type="warning" message="Cell 3, line 2: only trainable variables are restored: 100% of &lt;moving_mean&gt; &amp; &quot;moving_variance&quot; is lost">note, book.ipynb:cell 3:2:10: Cell 3, line 2: only trainable variables are restored: 100% of &lt;moving_mean&gt; &amp; &quot;moving_variance&quot; is lost</failure>
          </testcase>
        </testsuite>
        <testsuite name="train.py" tests="1" failures="1">
          <testcase name="BN101 restore-trainable-only train.py:3:28" classname="train.py" file="train.py" line="3">
            <failure type="error" message="only trainable variables are restored: 100% of &lt;moving_mean&gt; &amp; &quot;moving_variance&quot; is lost">train.py:3:28: only trainable variables are restored: 100% of &lt;moving_mean&gt; &amp; &quot;moving_variance&quot; is lost</failure>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
    expect(print('junit', emptyReport)).toContain('tests="1" failures="0"');
  });
});

import { describe, expect, it } from 'vitest';
import { isInputChoice } from '../../src/protocol/onnxPanel';
import { fitToInput, presets } from '../../src/protocol/preprocessing';
import { join } from 'node:path';
import { LocalModel, uriOf } from './localModel';

const root = join(import.meta.dirname, '../..');
const pictures = {
  kind: 'images',
  uri: uriOf(join(root, 'test/pictures/gray.png')),
  fileName: 'gray.png',
  preprocessing: fitToInput(presets.unit, ['N', 1, 8, 8]),
} as const;

describe('a choice of pictures', () => {
  it('is told from one that lacks something, as a page or a saved state may send', () => {
    const { preprocessing } = pictures;
    expect(isInputChoice(pictures)).toBe(true);
    expect(isInputChoice({ ...pictures, preprocessing: undefined })).toBe(false);
    for (const wrong of [
      { scale: '1' },
      { mean: [] },
      { colours: 'red' },
      { crop: { width: 0, height: 8 } },
      { resize: { shorter: 1e9 } },
    ]) {
      const choice = { ...pictures, preprocessing: { ...preprocessing, ...wrong } };
      expect(isInputChoice(choice)).toBe(false);
    }
  });

  it('is what the model runs on, prepared as was said', async () => {
    const model = new LocalModel(join(root, 'examples/digits/healthy.onnx'));
    const reply = await model.observe(pictures, () => undefined);
    model.dispose();
    expect(reply.ok ? reply.value.input.label : reply.error.message).toBe(
      'gray.png, 1 picture [1, 1, 8, 8] (shorter side 8; middle 8 × 8; gray; 0 to 1)',
    );
  });
});

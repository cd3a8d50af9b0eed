/** Asks the user what to run a model on: arrays from NumPy, or pictures and how they were prepared. */

import * as vscode from 'vscode';
import type { ModelInputDto } from '../../protocol/modelReport';
import type { ImagesChoice, InputChoice } from '../../protocol/onnxPanel';
import {
  type PresetName,
  describePreprocessing,
  fitToInput,
  presets,
} from '../../protocol/preprocessing';
import { fileNameOf } from './fileNames';

/** @returns `null` when the user does not say */
export async function pickInput(
  folder: vscode.Uri,
  inputs: readonly ModelInputDto[],
): Promise<InputChoice | null> {
  const ways = [
    { label: vscode.l10n.t('NumPy file'), detail: '.npz, .npy, .pb', pick: () => pickFile(folder) },
    {
      label: vscode.l10n.t('Folder of pictures'),
      detail: '.png, .jpg',
      pick: () => pickPictures(folder, inputs),
    },
  ];
  const title = vscode.l10n.t('Choose the samples to run the model on');
  const way = await vscode.window.showQuickPick(ways, { title });
  return way ? way.pick() : null;
}

async function pickFile(folder: vscode.Uri): Promise<InputChoice | null> {
  const picked = await openDialog({
    defaultUri: folder,
    filters: { [vscode.l10n.t('NumPy arrays')]: ['npz', 'npy', 'pb'] },
  });
  return picked ? { kind: 'file', uri: picked.toString(), fileName: fileNameOf(picked) } : null;
}

async function pickPictures(
  folder: vscode.Uri,
  [input]: readonly ModelInputDto[],
): Promise<ImagesChoice | null> {
  const picked = await openDialog({
    defaultUri: folder,
    canSelectFolders: true,
    canSelectFiles: false,
  });
  if (!picked) {
    return null;
  }
  const choices = Object.entries(presetTitles()).map(([name, label]) => {
    // The keys are the presets' names, as their type says.
    const preprocessing = fitToInput(presets[name as PresetName], input?.shape);
    return { label, detail: describePreprocessing(preprocessing), preprocessing };
  });
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('How were the pictures prepared in training?'),
    placeHolder: vscode.l10n.t('A wrong choice looks like wrong statistics'),
  });
  return chosen
    ? {
        kind: 'images',
        uri: picked.toString(),
        fileName: fileNameOf(picked),
        preprocessing: chosen.preprocessing,
      }
    : null;
}

function presetTitles(): Readonly<Record<PresetName, string>> {
  return {
    torchvision: vscode.l10n.t('torchvision: mean and deviation of ImageNet'),
    keras: vscode.l10n.t('Keras: −1 to 1'),
    caffe: vscode.l10n.t('Caffe: BGR minus means'),
    unit: vscode.l10n.t('0 to 1'),
    raw: vscode.l10n.t('0 to 255, as stored'),
  };
}

async function openDialog(options: vscode.OpenDialogOptions): Promise<vscode.Uri | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose the samples to run the model on'),
      openLabel: vscode.l10n.t('Use as Input'),
      ...options,
    })) ?? [];
  return picked;
}

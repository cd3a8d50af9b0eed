/**
 * Which models of PyTorch's packages are built with BatchNorm, by the names of the functions and
 * classes that build them. Read off the models themselves: each was built and its layers counted,
 * in torchvision 0.28 and timm 1.0.29.
 *
 * @source https://docs.pytorch.org/vision/stable/models.html, https://huggingface.co/docs/timm,
 *   https://segmentation-modelspytorch.readthedocs.io
 */

import type { NormEvidence } from './batchNorm';

interface Families {
  readonly withNorm: RegExp;
  readonly withoutNorm: RegExp;
}

function families(withNorm: string, withoutNorm: string): Families {
  const anyOf = (names: string): RegExp => new RegExp(`^(?:${names.split(/\s+/).join('|')})`, 'i');
  return { withNorm: anyOf(withNorm), withoutNorm: anyOf(withoutNorm) };
}

/** Detection models with a pretrained backbone keep its statistics frozen; these do not. */
const torchvision = families(
  `resnet resnext wide_resnet densenet inception googlenet mobilenet mnasnet shufflenet efficientnet
   regnet maxvit vgg\\d+_bn$ deeplabv3 fcn_resnet lraspp r3d_ mc3_ r2plus1d_ s3d$ raft_large ssdlite
   fasterrcnn_resnet50_fpn_v2 maskrcnn_resnet50_fpn_v2 retinanet_resnet50_fpn_v2`,
  `alexnet convnext mvit raft_small squeezenet ssd300 ssd$ swin vgg\\d+$ vit_ visiontransformer
   fasterrcnn maskrcnn keypointrcnn retinanet fcos`,
);

const timm = families(
  `bat_resnext botnet coatnet convmixer cpubone cs3 cspdarknet cspresne darknet densenet dla dpn
   eca_botnext eca_halonext eca_resne eca_vovnet ecaresne efficientformer efficientnet efficientvit ese_vovnet
   fasternet fastvit fbnet gc_efficientnet gcresne gernet ghostnet halo hardcorenas hgnet hrnet
   inception lambda_resnet lamhalobotnet lcnet legacy_se legacy_xception levit lowformer maxvit mixnet mnasnet
   mobilenetv[1234] mobilenet_ mobileone mobilevit nasnet nextvit pnasnet regnet repghost repvgg repvit
   res2ne resnest resnet resnext rexnet sebotnet sedarknet sehalonet selecsls semnasnet senet seresne
   shvit skresne spnasnet starnet swiftformer tf_efficientnet tf_mixnet tf_mobilenet tiny_vit tinynet
   tresnet vgg\\d+_bn visformer vit_\\w+_(?:mci|resnet\\d) volo vovnet wide_resnet xception xcit`,
  `aimv beit cait caformer coat_ coatnext convformer convit convnext crossvit davit deit edgenext eva
   flexivit focalnet gcvit gmixer gmlp hiera mambaout maxxvit mixer mobilenetv5 mvitv naflexvit nest
   nf_ nfnet dm_nfnet eca_nfnet pit_ poolformer pvt_ rdnet resmlp sam2 samvit sequencer swin tnt_ twins
   vgg\\d+$ vision_?transformer vit`,
);

/** Another norm was put in the place of BatchNorm. */
const otherNorm = /_(?:gn|ln|bit|bitm|evos|evob|frn)(?:$|[_.])/;

const byPackage: readonly (readonly [RegExp, Families])[] = [
  [/^(?:torchvision|torch\.hub)\./, torchvision],
  [/^(?:timm|geffnet)\./, timm],
];

/**
 * What a model of a package is built with.
 *
 * @param name of the function, qualified: `torchvision.models.resnet18`, `timm.create_model`
 * @param model as the package calls it: `resnet18`
 */
export function torchModelEvidence(name: string, model: string): NormEvidence | undefined {
  const known = byPackage.find(([prefix]) => prefix.test(name))?.[1];
  const plain = model.replace(/^(?:hf[-_]hub:)?(?:timm\/)?(?:gluon_|quantized_|test_)?/, '');
  if (known === undefined || otherNorm.test(plain)) {
    return known && 'withoutBatchNorm';
  }
  return known.withNorm.test(plain)
    ? 'batchNorm'
    : known.withoutNorm.test(plain)
      ? 'withoutBatchNorm'
      : undefined;
}

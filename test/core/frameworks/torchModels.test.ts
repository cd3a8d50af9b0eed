/**
 * Models that were built, with their BatchNorm layers counted: in torchvision 0.28 all functions
 * of `list_models()`, in timm 1.0.29 the shortest name of each family. Detection models count as
 * they are built by default, with a pretrained backbone whose statistics are frozen.
 */

import { describe, expect, it } from 'vitest';
import { normEvidenceOf } from '../../../src/core/frameworks/batchNorm';
import { torchModelEvidence } from '../../../src/core/frameworks/torchModels';

const torchvision = {
  batchNorm: `
   deeplabv3_mobilenet_v3_large deeplabv3_resnet101 deeplabv3_resnet50 densenet121 densenet161
   densenet169 densenet201 efficientnet_b0 efficientnet_b1 efficientnet_b2 efficientnet_b3
   efficientnet_b4 efficientnet_b5 efficientnet_b6 efficientnet_b7 efficientnet_v2_l
   efficientnet_v2_m efficientnet_v2_s fasterrcnn_resnet50_fpn_v2 fcn_resnet101 fcn_resnet50
   googlenet inception_v3 lraspp_mobilenet_v3_large maskrcnn_resnet50_fpn_v2 maxvit_t mc3_18
   mnasnet0_5 mnasnet0_75 mnasnet1_0 mnasnet1_3 mobilenet_v2 mobilenet_v3_large
   mobilenet_v3_small quantized_googlenet quantized_inception_v3 quantized_mobilenet_v2
   quantized_mobilenet_v3_large quantized_resnet18 quantized_resnet50
   quantized_resnext101_32x8d quantized_resnext101_64x4d quantized_shufflenet_v2_x0_5
   quantized_shufflenet_v2_x1_0 quantized_shufflenet_v2_x1_5 quantized_shufflenet_v2_x2_0
   r2plus1d_18 r3d_18 raft_large regnet_x_400mf regnet_y_400mf resnet101 resnet152 resnet18
   resnet34 resnet50 resnext101_32x8d resnext101_64x4d resnext50_32x4d
   retinanet_resnet50_fpn_v2 s3d shufflenet_v2_x0_5 shufflenet_v2_x1_0 shufflenet_v2_x1_5
   shufflenet_v2_x2_0 ssdlite320_mobilenet_v3_large vgg11_bn vgg13_bn vgg16_bn vgg19_bn
   wide_resnet101_2 wide_resnet50_2`,
  withoutBatchNorm: `
   alexnet convnext_base convnext_large convnext_small convnext_tiny
   fasterrcnn_mobilenet_v3_large_320_fpn fasterrcnn_mobilenet_v3_large_fpn
   fasterrcnn_resnet50_fpn fcos_resnet50_fpn keypointrcnn_resnet50_fpn maskrcnn_resnet50_fpn
   mvit_v1_b mvit_v2_s raft_small retinanet_resnet50_fpn squeezenet1_0 squeezenet1_1
   ssd300_vgg16 swin3d_b swin3d_s swin3d_t swin_b swin_s swin_t swin_v2_b swin_v2_s swin_v2_t
   vgg11 vgg13 vgg16 vgg19 vit_b_16 vit_b_32 vit_h_14 vit_l_16 vit_l_32`,
};

const timm = {
  batchNorm: `
   bat_resnext26ts botnet26t_256 coatnet_0_224 coatnet_bn_0_rw_224 coatnet_nano_cc_224
   coatnet_nano_rw_224 coatnet_pico_rw_224 coatnet_rmlp_0_rw_224 coatnet_rmlp_nano_rw_224
   convmixer_768_32 cpubone_b3 cpubone_nano cpubone_s0 cpubone_t0 cs3darknet_l cspdarknet53
   cspresnet50 cspresnext50 darknet17 darknetaa53 densenet121 densenetblur121d dla34 dpn68
   eca_botnext26ts_256 eca_halonext26ts eca_resnet33ts eca_resnext26ts eca_vovnet39b
   ecaresnet26t ecaresnetlight ecaresnext26t_32x4d efficientformer_l1 efficientformerv2_l
   efficientnet_b0 efficientnet_blur_b0 efficientnet_cc_b0_4e efficientnet_el
   efficientnet_el_pruned efficientnet_em efficientnet_es efficientnet_es_pruned
   efficientnet_h_b5 efficientnet_l2 efficientnet_lite0 efficientnet_x_b3 efficientnetv2_l
   efficientvit_b0 efficientvit_l1 efficientvit_m0 ese_vovnet39b fasternet_l fasternet_m
   fasternet_s fasternet_t0 fastvit_ma36 fastvit_mci0 fastvit_s12 fastvit_sa12 fastvit_t8
   fbnetc_100 fbnetv3_b gc_efficientnetv2_rw_t gcresnet50t gcresnext26ts gernet_l gernet_m
   gernet_s ghostnet_050 ghostnetv2_100 halo2botnet50ts_256 halonet26t halonet_h1 haloregnetz_b
   hardcorenas_a hardcorenas_b hardcorenas_c hardcorenas_d hardcorenas_e hardcorenas_f
   hgnet_base hgnet_small hgnet_tiny hgnetv2_b0 hrnet_w18 inception_next_atto
   inception_next_base inception_next_small inception_next_tiny inception_resnet_v2
   inception_v3 inception_v4 lambda_resnet26t lamhalobotnet50ts_256 lcnet_035 lcnetv2_base
   legacy_senet154 legacy_seresnet18 legacy_seresnext26_32x4d legacy_xception levit_128
   levit_conv_128 lowformer_b0 lowformer_e1 maxvit_base_tf_224 maxvit_large_tf_224
   maxvit_nano_rw_256 maxvit_pico_rw_256 maxvit_rmlp_base_rw_224 maxvit_rmlp_nano_rw_256
   maxvit_rmlp_pico_rw_256 maxvit_rmlp_small_rw_224 maxvit_rmlp_tiny_rw_256 maxvit_small_tf_224
   maxvit_tiny_pm_256 maxvit_tiny_rw_224 maxvit_tiny_tf_224 maxvit_xlarge_tf_224 mixnet_l
   mixnet_m mixnet_s mixnet_xl mixnet_xxl mnasnet_050 mnasnet_small mobilenet_edgetpu_100
   mobilenet_edgetpu_v2_l mobilenetv1_100 mobilenetv3_rw mobileone_s0 mobilevit_s mobilevit_xs
   mobilevit_xxs mobilevitv2_050 nasnetalarge nextvit_base nextvit_large nextvit_small
   pnasnet5large regnetz_b16 regnetz_c16 regnetz_d8 regnetz_e8 repghostnet_050 repvgg_a0
   repvgg_b0 repvgg_d2se repvit_m1 res2net50d resnest14d resnet18 resnet51q resnetaa50
   resnetblur18 resnetrs50 resnetv2_18 resnext26ts resnext50_32x4d rexnet_100 rexnetr_100
   sebotnet33ts_256 sedarknet21 sehalonet33ts selecsls42 semnasnet_050 senet154 seresnet18
   seresnet33ts seresnetaa50d seresnext26ts seresnext50_32x4d seresnextaa101d_32x8d shvit_s1
   skresnet18 skresnext50_32x4d spnasnet_100 starnet_s1 swiftformer_l1 swiftformer_s
   swiftformer_xs tf_efficientnet_b0
   tf_efficientnet_cc_b0_4e tf_efficientnet_el tf_efficientnet_em tf_efficientnet_es
   tf_efficientnet_l2 tf_efficientnet_lite0 tf_efficientnetv2_l tf_mixnet_l tf_mixnet_m
   tf_mixnet_s tf_mobilenetv3_large_075 tiny_vit_5m_224 tinynet_a tinynet_b tinynet_c tinynet_d
   tinynet_e tresnet_l tresnet_m tresnet_v2_l tresnet_xl visformer_small visformer_tiny
   vit_base_mci_224 vit_base_resnet26d_224 vit_small_resnet26d_224 volo_d1_224 vovnet39a
   wide_resnet50_2 xception41 xcit_large_24_p8_224 xcit_medium_24_p8_224 xcit_nano_12_p8_224
   xcit_small_12_p8_224 xcit_tiny_12_p8_224`,
  withoutBatchNorm: `
   aimv2_1b_patch14_224 beit3_base_patch16_224 beit_base_patch16_224 beit_large_patch16_224
   beitv2_base_patch16_224 caformer_b36 caformer_m36 caformer_s18 cait_m36_384 cait_s24_224
   cait_xs24_384 cait_xxs24_224 coat_lite_medium coat_lite_medium_384 coat_lite_mini
   coat_lite_small coat_lite_tiny coat_mini coat_small coat_tiny coatnext_nano_rw_224
   convformer_b36 convformer_m36 convformer_s18 convit_base convit_small convit_tiny
   convnext_atto convnext_atto_ols convnext_atto_rms convnext_base convnext_femto
   convnext_femto_ols convnext_large convnext_large_mlp convnext_nano convnext_nano_ols
   convnext_pico convnext_pico_ols convnext_small convnext_tiny convnext_tiny_hnf
   convnext_xlarge convnext_xxlarge convnext_zepto_rms convnext_zepto_rms_ols convnextv2_atto
   crossvit_9_240 crossvit_base_240 crossvit_small_240 crossvit_tiny_240 davit_base
   davit_base_fl davit_giant davit_huge davit_huge_fl davit_large davit_small davit_tiny
   deit3_base_patch16_224 deit_base_distilled_patch16_224 deit_base_patch16_224
   deit_small_distilled_patch16_224 deit_small_patch16_224 deit_tiny_distilled_patch16_224
   deit_tiny_patch16_224 dm_nfnet_f0 eca_nfnet_l0 edgenext_base edgenext_small
   edgenext_small_rw edgenext_x_small edgenext_xx_small eva02_base_patch14_224
   eva_giant_patch14_224 eva_large_patch14_196 flexivit_base flexivit_large flexivit_small
   focalnet_base_lrf focalnet_base_srf focalnet_huge_fl3 focalnet_large_fl3 focalnet_small_lrf
   focalnet_small_srf focalnet_tiny_lrf focalnet_tiny_srf focalnet_xlarge_fl3 gcvit_base
   gcvit_small gcvit_tiny gcvit_xtiny gcvit_xxtiny gmixer_12_224 gmlp_b16_224 gmlp_s16_224
   gmlp_ti16_224 hiera_base_224 hiera_base_abswin_256 hiera_base_plus_224 hiera_huge_224
   hiera_large_224 hiera_small_224 hiera_small_abswin_256 hiera_tiny_224 hieradet_small
   mambaout_base mambaout_base_plus_rw mambaout_base_short_rw mambaout_base_tall_rw
   mambaout_base_wide_rw mambaout_femto mambaout_kobe mambaout_small mambaout_small_rw
   mambaout_tiny maxxvit_rmlp_nano_rw_256 maxxvit_rmlp_small_rw_256 maxxvit_rmlp_tiny_rw_256
   maxxvitv2_nano_rw_256 mixer_b16_224 mixer_l16_224 mixer_s16_224 mobilenetv5_300m mvitv2_base
   naflexvit_base_patch16_gap naflexvit_so400m_patch16_siglip nest_base nest_base_jx nest_small
   nest_small_jx nest_tiny nest_tiny_jx nf_ecaresnet26 nf_regnet_b0 nf_resnet26 nf_seresnet26
   nfnet_f0 nfnet_l0 pit_b_224 pit_b_distilled_224 pit_s_224 pit_s_distilled_224 pit_ti_224
   pit_ti_distilled_224 pit_xs_224 pit_xs_distilled_224 poolformer_m36 poolformer_s12
   poolformerv2_m36 pvt_v2_b0 rdnet_base rdnet_large rdnet_small rdnet_tiny resmlp_12_224
   resmlp_big_24_224 sam2_hiera_tiny samvit_base_patch16 samvit_huge_patch16
   samvit_large_patch16 sequencer2d_l swin_base_patch4_window7_224
   swin_large_patch4_window7_224 swin_s3_base_224 swin_small_patch4_window7_224
   swin_tiny_patch4_window7_224 swinv2_base_window8_256 swinv2_cr_base_224 
   
   tnt_b_patch16_224 tnt_s_legacy_patch16_224 tnt_s_patch16_224 twins_pcpvt_base
   twins_pcpvt_large twins_pcpvt_small twins_svt_base twins_svt_large twins_svt_small vgg11
   vit_7b_patch16_dinov3 vit_base_patch16_dinov3 vit_base_patch8_224 vit_base_r26_s32_224
   vit_betwixt_patch16_gap_256 vit_betwixt_patch16_rope_reg4_gap_256
   vit_dlittle_patch16_reg1_gap_256 vit_dpwee_patch16_reg1_gap_256
   vit_dwee_patch16_reg1_gap_256 vit_giant_patch14_224 vit_giant_patch16_lingbot
   vit_giantopt_patch16_siglip_256 vit_gigantic_patch14_224 vit_huge_patch14_224
   vit_huge_plus_patch16_dinov3 vit_intern300m_patch14_448 vit_large_patch14_224
   vit_large_patch16_dinov3 vit_large_r50_s32_224 vit_little_patch16_reg1_gap_256
   vit_medium_patch16_gap_240 vit_medium_patch16_rope_reg1_gap_256
   vit_mediumd_patch16_reg4_gap_256 vit_mediumd_patch16_rope_reg1_gap_256
   vit_pe_core_base_patch16_224 vit_pe_core_gigantic_patch14_448 vit_pe_core_large_patch14_336
   vit_pe_core_small_patch16_384 vit_pe_core_tiny_patch16_384 vit_pe_lang_gigantic_patch14_448
   vit_pe_lang_large_patch14_448 vit_pe_spatial_base_patch16_512
   vit_pe_spatial_gigantic_patch14_448 vit_pe_spatial_large_patch14_448
   vit_pe_spatial_small_patch16_512 vit_pe_spatial_tiny_patch16_512
   vit_pwee_patch16_reg1_gap_256 vit_relpos_base_patch16_224 vit_relpos_medium_patch16_224
   vit_relpos_small_patch16_224 vit_small_patch16_dinov3 vit_small_patch8_224
   vit_small_plus_patch16_dinov3 vit_small_r26_s32_224 vit_so400m_patch14_siglip_224
   vit_srelpos_medium_patch16_224 vit_srelpos_small_patch16_224 vit_tiny_patch16_224
   vit_tiny_patch16_dinov3_qkvb vit_tiny_r_s16_p8_224 vit_wee_patch16_reg1_gap_256
   vit_xsmall_patch16_clip_224 vitamin_base_224 vitamin_large2_224 vitamin_large_224
   vitamin_small_224 vitamin_xlarge_256`,
};

const functions = {
  'torchvision.models.get_model': torchvision,
  'timm.create_model': timm,
};

describe.each(Object.entries(functions))('%s', (name, models) => {
  it.each(Object.entries(models))('knows those with %s', (evidence, names) => {
    const unlike = names
      .trim()
      .split(/\s+/)
      .filter((model) => torchModelEvidence(name, model) !== evidence);
    expect(unlike).toEqual([]);
  });
});

it('knows a model by the function that builds it', () => {
  expect(normEvidenceOf('torchvision.models.maxvit_t')).toBe('batchNorm');
  expect(normEvidenceOf('torchvision.models.squeezenet1_0')).toBe('withoutBatchNorm');
  expect(normEvidenceOf('torchvision.models.list_models')).toBeUndefined();
});

it('knows that another norm can take the place of BatchNorm', () => {
  expect(torchModelEvidence('timm.create_model', 'resnet50_gn')).toBe('withoutBatchNorm');
  expect(torchModelEvidence('timm.create_model', 'resnetv2_50x1_bit')).toBe('withoutBatchNorm');
  expect(torchModelEvidence('timm.create_model', 'timm/resnet50.a1_in1k')).toBe('batchNorm');
});

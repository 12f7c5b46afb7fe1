package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.dnnl_deconvolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.buffer.DataType;

/** The primitives of a transposed convolution, weights {@code [kH, kW, out, in]}. */
record TransposedPrimitives(Descs descs, long[] hwoi) implements ConvolutionPrimitives {

  @Override
  public deconvolution_forward.primitive_desc forward(primitive_attr epilogue) {
    return new deconvolution_forward.primitive_desc(
        descs.dnn().engine(),
        dnnl_forward_training,
        dnnl_deconvolution_direct,
        descs.x(),
        descs.w(),
        descs.b(),
        descs.y(),
        descs.strides(),
        descs.dilations(),
        descs.paddingBefore(),
        descs.paddingAfter(),
        epilogue,
        false);
  }

  @Override
  public primitive_desc_base backwardData() {
    return new deconvolution_backward_data.primitive_desc(
        descs.dnn().engine(),
        dnnl_deconvolution_direct,
        descs.x(),
        descs.w(),
        descs.y(),
        descs.strides(),
        descs.dilations(),
        descs.paddingBefore(),
        descs.paddingAfter(),
        forward(new primitive_attr()));
  }

  @Override
  public primitive_desc_base backwardWeights() {
    return new deconvolution_backward_weights.primitive_desc(
        descs.dnn().engine(),
        dnnl_deconvolution_direct,
        descs.x(),
        descs.wGradient(),
        descs.b(),
        descs.y(),
        descs.strides(),
        descs.dilations(),
        descs.paddingBefore(),
        descs.paddingAfter(),
        forward(new primitive_attr()));
  }

  @Override
  public memory.desc plainWeights() {
    long out = hwoi[2];
    long in = hwoi[3];
    return OneDnn.desc(
        DataType.FLOAT,
        new long[] {out, in, hwoi[0], hwoi[1]},
        new long[] {in, 1, hwoi[1] * in * out, in * out});
  }
}

package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.buffer.DataType;

/** The primitives of a convolution, weights {@code [kH, kW, in, out]}. */
record DirectPrimitives(Descs descs, long[] hwio) implements ConvolutionPrimitives {

  @Override
  public convolution_forward.primitive_desc forward(primitive_attr epilogue) {
    return new convolution_forward.primitive_desc(
        descs.dnn().engine(),
        dnnl_forward_training,
        dnnl_convolution_direct,
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
    return new convolution_backward_data.primitive_desc(
        descs.dnn().engine(),
        dnnl_convolution_direct,
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
    return new convolution_backward_weights.primitive_desc(
        descs.dnn().engine(),
        dnnl_convolution_direct,
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
    long in = hwio[2];
    long out = hwio[3];
    return OneDnn.desc(
        DataType.FLOAT,
        new long[] {out, in, hwio[0], hwio[1]},
        new long[] {1, out, hwio[1] * in * out, in * out});
  }
}

package org.vqvae.core.kernel;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.buffer.DataType;
import org.vqvae.core.kernel.ConvolutionSpec.Window;

/** The three oneDNN primitives of a convolution or of a transposed one. */
interface ConvolutionPrimitives {

  primitive_desc_base forward(primitive_attr epilogue);

  primitive_desc_base backwardData();

  primitive_desc_base backwardWeights();

  /** The weights as this project keeps them: FLOAT, kernel height and width first. */
  memory.desc plainWeights();

  Descs descs();

  /**
   * Memory and geometry in oneDNN's terms: logical dimensions are (batch, channels, height, width)
   * and (out, in, height, width), whatever the order in memory.
   *
   * @param w the weights, in a layout of oneDNN's choice
   * @param wGradient their gradient, likewise, in FLOAT
   */
  record Descs(
      OneDnn dnn,
      memory.desc x,
      memory.desc w,
      memory.desc wGradient,
      memory.desc b,
      memory.desc y,
      long[] strides,
      long[] dilations,
      long[] paddingBefore,
      long[] paddingAfter) {

    static Descs of(OneDnn dnn, ConvolutionSpec spec, ConvolutionShapes shapes) {
      Window k = spec.window();
      long[] weights = {spec.outChannels(), spec.inChannels(), k.kernelHeight(), k.kernelWidth()};
      return new Descs(
          dnn,
          channelsLast(spec.type(), shapes.x()),
          OneDnn.any(spec.type(), weights),
          OneDnn.any(DataType.FLOAT, weights),
          OneDnn.desc(DataType.FLOAT, shapes.b(), new long[] {1}),
          channelsLast(spec.type(), shapes.y()),
          new long[] {k.strideHeight(), k.strideWidth()},
          new long[] {k.dilationHeight() - 1, k.dilationWidth() - 1},
          new long[] {k.padTop(), k.padLeft()},
          new long[] {k.padBottom(), k.padRight()});
    }

    private static memory.desc channelsLast(DataType type, long[] nhwc) {
      long channels = nhwc[3];
      long row = nhwc[2] * channels;
      return OneDnn.desc(
          type,
          new long[] {nhwc[0], channels, nhwc[1], nhwc[2]},
          new long[] {nhwc[1] * row, 1, row, channels});
    }
  }
}

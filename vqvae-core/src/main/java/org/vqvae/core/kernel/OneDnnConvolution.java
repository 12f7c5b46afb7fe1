package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.Task.Argument;

/**
 * A convolution by oneDNN. Activations stay channels-last; oneDNN chooses the layout of the weights
 * for each of the three directions, and they are reordered from and to their plain layout at each
 * call.
 *
 * <p>A direction's primitives are made when it is first used.
 */
final class OneDnnConvolution implements Convolution {
  private final OneDnn dnn;
  private final ConvolutionSpec spec;
  private final ConvolutionShapes shapes;
  private final Function<ConvolutionPrimitives.Descs, ConvolutionPrimitives> kind;
  private @Nullable WeightedTask forward;
  private @Nullable WeightedTask backwardData;
  private @Nullable WeightedTask backwardWeights;
  private boolean closed;

  OneDnnConvolution(
      OneDnn dnn,
      ConvolutionSpec spec,
      ConvolutionShapes shapes,
      Function<ConvolutionPrimitives.Descs, ConvolutionPrimitives> kind) {
    this.dnn = dnn;
    this.spec = spec;
    this.shapes = shapes;
    this.kind = kind;
  }

  @Override
  public void forward(INDArray x, INDArray w, INDArray b, INDArray y) {
    shapes.checkForward(x, w, b, y);
    forward().run(w, x, b, y);
  }

  @Override
  public void backwardData(INDArray yGradient, INDArray w, INDArray xGradient) {
    shapes.checkBackwardData(yGradient, w, xGradient);
    backwardData().run(w, yGradient, xGradient);
  }

  @Override
  public void backwardWeights(
      INDArray x, INDArray yGradient, INDArray wGradient, INDArray bGradient) {
    shapes.checkBackwardWeights(x, yGradient, wGradient, bGradient);
    backwardWeights().run(wGradient, x, yGradient, bGradient);
  }

  /** The names of the code that runs forward, backward to the data and backward to the weights. */
  List<String> implementations() {
    return List.of(
        forward().implementation(),
        backwardData().implementation(),
        backwardWeights().implementation());
  }

  private WeightedTask forward() {
    if (forward == null) {
      forward =
          make(
              p ->
                  WeightedTask.reading(
                      dnn,
                      p.forward(epilogue(spec.epilogue())),
                      p.plainWeights(),
                      new Argument(DNNL_ARG_SRC, dnn.slot(p.descs().x())),
                      new Argument(DNNL_ARG_BIAS, dnn.slot(p.descs().b())),
                      new Argument(DNNL_ARG_DST, dnn.slot(p.descs().y()))));
    }
    return forward;
  }

  private WeightedTask backwardData() {
    if (backwardData == null) {
      backwardData =
          make(
              p ->
                  WeightedTask.reading(
                      dnn,
                      p.backwardData(),
                      p.plainWeights(),
                      new Argument(DNNL_ARG_DIFF_DST, dnn.slot(p.descs().y())),
                      new Argument(DNNL_ARG_DIFF_SRC, dnn.slot(p.descs().x()))));
    }
    return backwardData;
  }

  private WeightedTask backwardWeights() {
    if (backwardWeights == null) {
      backwardWeights =
          make(
              p ->
                  WeightedTask.writing(
                      dnn,
                      p.backwardWeights(),
                      p.plainWeights(),
                      new Argument(DNNL_ARG_SRC, dnn.slot(p.descs().x())),
                      new Argument(DNNL_ARG_DIFF_DST, dnn.slot(p.descs().y())),
                      new Argument(DNNL_ARG_DIFF_BIAS, dnn.slot(p.descs().b()))));
    }
    return backwardWeights;
  }

  private WeightedTask make(Function<ConvolutionPrimitives, WeightedTask> maker) {
    if (closed) {
      throw new IllegalStateException("this convolution is closed");
    }
    try (PointerScope scope = new PointerScope()) {
      return maker.apply(kind.apply(ConvolutionPrimitives.Descs.of(dnn, spec, shapes)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("oneDNN has no convolution for " + spec, e);
    }
  }

  private static primitive_attr epilogue(Epilogue epilogue) {
    post_ops operations = new post_ops();
    switch (epilogue) {
      case NONE -> {}
      case RELU -> operations.append_eltwise(dnnl_eltwise_relu, 0, 0);
      case ADD -> operations.append_sum();
    }
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(operations);
    return attributes;
  }

  @Override
  public void close() {
    closed = true;
    for (WeightedTask direction : new WeightedTask[] {forward, backwardData, backwardWeights}) {
      if (direction != null) {
        direction.close();
      }
    }
    forward = null;
    backwardData = null;
    backwardWeights = null;
  }
}

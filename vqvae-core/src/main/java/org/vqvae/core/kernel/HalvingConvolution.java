package org.vqvae.core.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_sub;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.kernel.ConvolutionSpec.Epilogue;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Task.Argument;

/**
 * A convolution that halves the length of sound (kernel 4, stride 2, padding 1), forward with three
 * quarters of the multiplications: F(2, 2) of Winograd, Arithmetic Complexity of Computations,
 * 1980.
 *
 * <p>With {@code X(t) = [x(2t - 1), x(2t)]}, zeros beyond the ends, and weights {@code A} of the
 * first two taps and {@code B} of the last two, {@code y(t) = X(t) A + X(t + 1) B}. Two outputs
 * share a product, t even:
 *
 * <pre>
 * y(t)     = X(t + 1) (A + B) + (X(t) - X(t + 1)) A
 * y(t + 1) = X(t + 1) (A + B) - (X(t + 1) - X(t + 2)) B
 * </pre>
 *
 * <p>The gradients are computed the plain way.
 */
final class HalvingConvolution implements Convolution {
  /** With fewer channels the differences take longer than the product that they save. */
  private static final int LEAST_CHANNELS = 128;

  private final OneDnn dnn;
  private final ConvolutionSpec spec;
  private final ConvolutionShapes shapes;
  private final Convolution plain;
  private @Nullable Forward forward;
  private boolean closed;

  /**
   * @param plain the same convolution, closed with this one
   */
  HalvingConvolution(
      OneDnn dnn, ConvolutionSpec spec, ConvolutionShapes shapes, Convolution plain) {
    this.dnn = dnn;
    this.spec = spec;
    this.shapes = shapes;
    this.plain = plain;
  }

  /** Whether a convolution is of this form, and large enough to gain by it. */
  static boolean fits(ConvolutionSpec spec) {
    Window w = spec.window();
    return w.equals(new Window(1, 4, 1, 2, 0, w.padLeft(), 0, w.padRight(), 1, 1))
        && w.padLeft() <= 1
        && w.padRight() <= 1
        && (spec.batch() == 1 || w.padLeft() + w.padRight() == 2)
        && spec.type() == DataType.FLOAT
        && spec.height() == 1
        && spec.outWidth() % 2 == 0
        && 2 * spec.outWidth() + 2 == spec.width() + w.padLeft() + w.padRight()
        && spec.epilogue() != Epilogue.ADD
        && Math.min(spec.inChannels(), spec.outChannels()) >= LEAST_CHANNELS;
  }

  @Override
  public void forward(INDArray x, INDArray w, INDArray b, INDArray y) {
    shapes.checkForward(x, w, b, y);
    if (forward == null) {
      if (closed) {
        throw new IllegalStateException("this convolution is closed");
      }
      forward = new Forward(dnn, spec);
    }
    if (isFast()) {
      forward.run(x, w, b, y);
    } else {
      plain.forward(x, w, b, y);
    }
  }

  /** The names of the code that runs the products; none before the first forward pass. */
  List<String> implementations() {
    return forward == null ? List.of() : forward.implementations();
  }

  /** On some processors oneDNN has slow code alone for rows that lie apart. */
  private boolean isFast() {
    return implementations().stream().noneMatch(name -> name.startsWith("ref"));
  }

  @Override
  public void backwardData(INDArray yGradient, INDArray w, INDArray xGradient) {
    plain.backwardData(yGradient, w, xGradient);
  }

  @Override
  public void backwardWeights(
      INDArray x, INDArray yGradient, INDArray wGradient, INDArray bGradient) {
    plain.backwardWeights(x, yGradient, wGradient, bGradient);
  }

  @Override
  public void close() {
    closed = true;
    plain.close();
    if (forward != null) {
      forward.close();
      forward = null;
    }
  }

  /** The forward pass. Its products have a row for every two outputs, so for every four inputs. */
  private static final class Forward implements AutoCloseable {
    private final OneDnn dnn;
    private final Resources resources = new Resources();
    private final Epilogue epilogue;
    private final long length;
    private final long start;
    private final boolean zerosBefore;
    private final boolean zerosAfter;
    private final long in;
    private final long out;
    private final Task subtract;
    private final Task negateSecond;
    private final Task copyLastButOne;
    private final Task addTaps;
    private final Task shared;
    private final Task even;
    private final Task odd;

    /** How the products' operands lie in memory. */
    private record Layout(memory.desc x, memory.desc w, memory.desc b, memory.desc y) {}

    Forward(OneDnn dnn, ConvolutionSpec spec) {
      this.dnn = dnn;
      epilogue = spec.epilogue();
      length = 2L * spec.outWidth();
      zerosBefore = spec.window().padLeft() == 1;
      zerosAfter = spec.window().padRight() == 1;
      start = zerosBefore ? 0 : 1; // a piece of a sound brings the moment before it
      in = spec.inChannels();
      out = spec.outChannels();
      try (PointerScope scope = new PointerScope()) {
        long inputs = spec.batch() * length;
        Layout layout =
            new Layout(
                matrix(inputs / 4, 2 * in, 4 * in),
                matrix(2 * in, out, out),
                matrix(1, out, out),
                matrix(inputs / 4, out, 2 * out));
        memory difference = resources.keep(dnn.buffer(matrix(inputs, in, in)));
        memory sum = resources.keep(dnn.buffer(layout.w));
        long first = zerosBefore ? 1 : 0;
        long last = zerosAfter ? inputs - 1 : inputs;
        memory.desc inner = OneDnn.matrix(DataType.FLOAT, 1, (last - first) * in);
        memory.desc ends = matrix(spec.batch(), in, length * in);
        subtract = elements(dnnl_binary_sub, inner, dnn.part(difference, inner, first * in));
        negateSecond = times(-1, ends, dnn.part(difference, ends, 0));
        copyLastButOne = times(1, ends, dnn.part(difference, ends, (length - 1) * in));
        addTaps = elements(dnnl_binary_add, layout.w, sum);
        shared = shared(layout, sum);
        even = even(layout, dnn.part(difference, layout.x, 0));
        odd = odd(layout, dnn.part(difference, layout.x, 2 * in));
      }
    }

    void run(INDArray x, INDArray w, INDArray b, INDArray y) {
      // row r of the differences is x(r - 1) - x(r + 1), zeros beyond the ends of each sound
      subtract.run(x, from(2 * in, x));
      if (zerosBefore) {
        negateSecond.run(moment(1, x));
      }
      if (zerosAfter) {
        copyLastButOne.run(moment(length - 2, x));
      }
      INDArray lastTaps = from(2 * in * out, w);
      addTaps.run(w, lastTaps);
      shared.run(moment(1, x), y, b);
      odd.run(lastTaps, from(out, y), y);
      even.run(w, y);
    }

    private INDArray moment(long time, INDArray x) {
      return from((start + time) * in, x);
    }

    /** An array without its first elements: only where it begins counts. */
    private static INDArray from(long element, INDArray array) {
      return Views.view(array, element, new long[] {array.length() - element}, new long[] {1});
    }

    private static memory.desc matrix(long rows, long columns, long row) {
      return OneDnn.desc(DataType.FLOAT, new long[] {rows, columns}, new long[] {row, 1});
    }

    /** Runs on (first, second). */
    private Task elements(int operation, memory.desc desc, memory result) {
      return new Task(
          dnn,
          new binary.primitive_desc(dnn.engine(), operation, desc, desc, desc),
          new Argument(DNNL_ARG_SRC_0, dnn.slot(desc)),
          new Argument(DNNL_ARG_SRC_1, dnn.slot(desc)),
          new Argument(DNNL_ARG_DST, result));
    }

    /** Runs on (array). */
    private Task times(float factor, memory.desc desc, memory result) {
      return new Task(
          dnn,
          new eltwise_forward.primitive_desc(
              dnn.engine(), dnnl_forward_training, dnnl_eltwise_linear, desc, desc, factor, 0),
          new Argument(DNNL_ARG_SRC, dnn.slot(desc)),
          new Argument(DNNL_ARG_DST, result));
    }

    /** Runs on (x, y, bias): the product of two outputs, with bias, to the even one. */
    private Task shared(Layout layout, memory sum) {
      return product(
          layout,
          layout.b,
          new post_ops(),
          new Argument(DNNL_ARG_SRC, dnn.slot(layout.x)),
          new Argument(DNNL_ARG_DST, dnn.slot(layout.y)),
          new Argument(DNNL_ARG_BIAS, dnn.slot(layout.b)),
          new Argument(DNNL_ARG_WEIGHTS, sum));
    }

    /** Runs on (last taps, odd outputs, what they share with the even ones). */
    private Task odd(Layout layout, memory difference) {
      post_ops then = new post_ops();
      then.append_eltwise(dnnl_eltwise_linear, -1, 0);
      then.append_binary(dnnl_binary_add, layout.y);
      return product(
          layout,
          new memory.desc(),
          epilogue(then),
          new Argument(DNNL_ARG_WEIGHTS, dnn.slot(layout.w)),
          new Argument(DNNL_ARG_DST, dnn.slot(layout.y)),
          new Argument(Task.operand(1), dnn.slot(layout.y)),
          new Argument(DNNL_ARG_SRC, difference));
    }

    /** Runs on (first taps, even outputs). */
    private Task even(Layout layout, memory difference) {
      post_ops then = new post_ops();
      then.append_sum();
      return product(
          layout,
          new memory.desc(),
          epilogue(then),
          new Argument(DNNL_ARG_WEIGHTS, dnn.slot(layout.w)),
          new Argument(DNNL_ARG_DST, dnn.slot(layout.y)),
          new Argument(DNNL_ARG_SRC, difference));
    }

    private post_ops epilogue(post_ops then) {
      if (epilogue == Epilogue.RELU) {
        then.append_eltwise(dnnl_eltwise_relu, 0, 0);
      }
      return then;
    }

    private Task product(Layout layout, memory.desc bias, post_ops then, Argument... arguments) {
      primitive_attr attributes = new primitive_attr();
      attributes.set_post_ops(then);
      return new Task(
          dnn,
          new matmul.primitive_desc(
              dnn.engine(), layout.x, layout.w, bias, layout.y, attributes, false),
          arguments);
    }

    List<String> implementations() {
      return List.of(shared.implementation(), even.implementation(), odd.implementation());
    }

    @Override
    public void close() {
      List.of(subtract, negateSecond, copyLastButOne, addTaps, shared, even, odd)
          .forEach(Task::close);
      resources.close();
    }
  }
}

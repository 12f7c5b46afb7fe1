package org.vqvae.core.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution of one example, whose rows (or, of sound, moments) workers share.
 *
 * <p>A batch of several examples is cut into parts that each go through the whole network; one
 * example has but this to share. Pieces depend on the shape alone, and the gradients of the weights
 * are added in the order of the pieces, so that the number of workers changes nothing. Within a
 * part of a batch nothing is cut.
 */
final class CutConvolution implements Convolution {
  private final Workers workers;
  private final Convolution whole;
  private final Cuts cuts;
  private final ConvolutionShapes shapes;
  private final List<Map<ConvolutionSpec, Convolution>> pieces = new ArrayList<>();
  private final IntFunction<Function<ConvolutionSpec, Convolution>> maker;
  private final List<INDArray> weightGradients = new ArrayList<>();
  private final List<INDArray> biasGradients = new ArrayList<>();

  /**
   * @param whole the same convolution in one piece, closed with this one
   * @param maker prepares a piece with the kernels of a worker
   */
  CutConvolution(
      Workers workers,
      Convolution whole,
      Cuts cuts,
      ConvolutionShapes shapes,
      IntFunction<Function<ConvolutionSpec, Convolution>> maker) {
    this.workers = workers;
    this.whole = whole;
    this.cuts = cuts;
    this.shapes = shapes;
    this.maker = maker;
    for (int worker = 0; worker < workers.size(); worker++) {
      pieces.add(new HashMap<>());
    }
  }

  /** Made on the worker's thread, which alone uses it. */
  private Convolution piece(int worker, ConvolutionSpec spec) {
    return pieces.get(worker).computeIfAbsent(spec, maker.apply(worker));
  }

  @Override
  public void forward(INDArray x, INDArray w, INDArray b, INDArray y) {
    if (!workers.areFree()) {
      whole.forward(x, w, b, y);
      return;
    }
    shapes.checkForward(x, w, b, y);
    List<Cuts.Piece> byOutput = cuts.byOutput();
    workers.run(
        byOutput.size(),
        (part, worker, progress) -> {
          Cuts.Piece piece = byOutput.get(part);
          piece(worker, piece.spec()).forward(piece.input(x), w, b, piece.output(y));
        });
  }

  @Override
  public void backwardData(INDArray yGradient, INDArray w, INDArray xGradient) {
    if (!workers.areFree()) {
      whole.backwardData(yGradient, w, xGradient);
      return;
    }
    shapes.checkBackwardData(yGradient, w, xGradient);
    List<Cuts.Piece> byInput = cuts.byInput();
    workers.run(
        byInput.size(),
        (part, worker, progress) -> {
          Cuts.Piece piece = byInput.get(part);
          piece(worker, piece.spec())
              .backwardData(piece.output(yGradient), w, piece.input(xGradient));
        });
  }

  @Override
  public void backwardWeights(
      INDArray x, INDArray yGradient, INDArray wGradient, INDArray bGradient) {
    if (!workers.areFree()) {
      whole.backwardWeights(x, yGradient, wGradient, bGradient);
      return;
    }
    shapes.checkBackwardWeights(x, yGradient, wGradient, bGradient);
    // each value of the output is of one piece, so that its bias counts once
    List<Cuts.Piece> byOutput = cuts.byOutput();
    while (weightGradients.size() < byOutput.size()) {
      weightGradients.add(wGradient.like());
      biasGradients.add(bGradient.like());
    }
    workers.run(
        byOutput.size(),
        (part, worker, progress) -> {
          Cuts.Piece piece = byOutput.get(part);
          piece(worker, piece.spec())
              .backwardWeights(
                  piece.input(x),
                  piece.output(yGradient),
                  weightGradients.get(part),
                  biasGradients.get(part));
        });
    sum(weightGradients, wGradient);
    sum(biasGradients, bGradient);
  }

  private void sum(List<INDArray> gradients, INDArray total) {
    total.assign(gradients.get(0));
    for (INDArray each : gradients.subList(1, gradients.size())) {
      workers.kernels(0).add(each, total);
    }
  }

  @Override
  public void close() {
    whole.close();
    pieces.forEach(each -> each.values().forEach(Convolution::close));
  }
}

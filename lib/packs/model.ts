import type { InferenceSession, Tensor as OnnxTensor } from "onnxruntime-node";
import { UserError } from "@/lib/domain/errors";

/** A dense tensor; `data` is row-major. */
export interface TensorOf<D extends Float32Array | BigInt64Array> {
  readonly data: D;
  readonly dims: readonly number[];
}

export type FloatTensor = TensorOf<Float32Array>;
export type IntTensor = TensorOf<BigInt64Array>;

export interface TensorSignature {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** One loaded ONNX graph. */
export interface Model {
  /** Path inside the pack. */
  readonly file: string;
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
  /** Runs the graph on exactly its declared inputs; all outputs are float32. */
  run(inputs: Readonly<Record<string, FloatTensor | IntTensor>>): Promise<Record<string, FloatTensor>>;
  /** Time that loading took, and what it added to resident memory. */
  readonly milliseconds: number;
  readonly residentBytes: number;
}

export type ExecutionProvider = "cpu" | "cuda" | "webgpu";

export interface LoadOptions {
  readonly provider: ExecutionProvider;
  /** Threads inside one run; 0 leaves it to the runtime. */
  readonly threads: number;
}

/**
 * Loads one graph. `run` blocks its thread while it computes, so call this inside a worker thread.
 * @param path absolute path of the .onnx file
 * @param file the same, as the pack names it (for messages)
 */
export async function loadModel(path: string, file: string, options: LoadOptions): Promise<Model> {
  const runtime = await import("onnxruntime-node");
  const { listSupportedBackends, Tensor } = runtime;
  if (!listSupportedBackends().some((backend) => backend.name === options.provider)) {
    const present = listSupportedBackends().map((backend) => backend.name);
    throw new UserError(
      "unavailable",
      `The inference provider "${options.provider}" is not installed; present: ${present.join(", ")}.`,
      "provider",
    );
  }
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const session = await runtime.InferenceSession.create(path, {
    executionProviders: [options.provider],
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // Threads that wait by spinning double the CPU time, and this machine also runs the database and the web.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
    ...(options.threads > 0 && { intraOpNumThreads: options.threads }),
  }).catch((error: Error) => {
    const hint =
      options.provider === "cpu" ? "" : ` with the provider "${options.provider}" (is it installed?)`;
    throw new UserError("unavailable", `${file} does not load${hint}: ${firstLine(error.message)}`, file);
  });
  const inputs = signatures(session.inputMetadata);
  const outputs = signatures(session.outputMetadata);
  requirePlainTypes(file, [...inputs, ...outputs]);

  return {
    file,
    inputs,
    outputs,
    milliseconds: performance.now() - start,
    residentBytes: Math.max(0, process.memoryUsage.rss() - before),
    async run(given) {
      const feeds: Record<string, OnnxTensor> = {};
      for (const { name } of inputs) {
        const tensor = given[name];
        if (!tensor)
          throw new UserError(
            "unavailable",
            `${file} wants an input "${name}" that this role does not have.`,
            file,
          );
        feeds[name] =
          tensor.data instanceof Float32Array
            ? new Tensor("float32", tensor.data, tensor.dims)
            : new Tensor("int64", tensor.data, tensor.dims);
      }
      const results = await session.run(feeds).catch((error: Error) => {
        throw new UserError("unavailable", `${file} failed to run: ${firstLine(error.message)}`, file);
      });
      const answers: Record<string, FloatTensor> = {};
      for (const [name, value] of Object.entries(results)) {
        answers[name] = { data: value.data as Float32Array, dims: value.dims };
      }
      return answers;
    },
  };
}

/** Name and version of the runtime, for recipes. */
export async function runtimeVersion(): Promise<string> {
  const { env } = await import("onnxruntime-node");
  return `onnxruntime-node ${env.versions.node ?? env.versions.common}`;
}

/** The output called `name`, or a clear error naming the graph. */
export function outputOf(model: Model, results: Record<string, FloatTensor>, name: string): FloatTensor {
  const tensor = results[name];
  if (!tensor) throw new UserError("unavailable", `${model.file} gives no output "${name}".`, model.file);
  return tensor;
}

function signatures(metadata: readonly InferenceSession.ValueMetadata[]): TensorSignature[] {
  return metadata.map((value) =>
    value.isTensor
      ? { name: value.name, type: value.type, shape: value.shape }
      : { name: value.name, type: "not a tensor", shape: [] },
  );
}

function requirePlainTypes(file: string, values: readonly TensorSignature[]): void {
  const odd = values.find((value) => value.type !== "float32" && value.type !== "int64");
  if (odd) {
    throw new UserError(
      "unavailable",
      `${file}: "${odd.name}" is ${odd.type}, but graphs of a pack take and give float32 or int64 only (weights may be float16).`,
      file,
    );
  }
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? text).slice(0, 300);
}

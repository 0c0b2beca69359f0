export { InferenceSession, Tensor, listSupportedBackends } from 'onnxruntime-node';

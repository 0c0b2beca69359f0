import { describe, expect, it } from 'vitest';
import { contentTypeOf, entityTag, parseRange, planFileResponse, type FileFacts } from './fileResponse.ts';

const file: FileFacts = { sizeBytes: 1000, modifiedMs: 1_700_000_000_000, contentType: 'video/mp4' };

describe('ranges (RFC 9110, 14.1.2)', () => {
  it.each([
    ['bytes=0-499', { firstByte: 0, lastByte: 499 }],
    ['bytes=500-', { firstByte: 500, lastByte: 999 }],
    ['bytes=-200', { firstByte: 800, lastByte: 999 }],
    ['bytes=900-5000', { firstByte: 900, lastByte: 999 }],
    ['bytes=-5000', { firstByte: 0, lastByte: 999 }],
    ['bytes=999-999', { firstByte: 999, lastByte: 999 }],
  ])('%s of 1000 bytes', (header, range) => {
    expect(parseRange(header, 1000)).toEqual(range);
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s lies outside', (header) => {
    expect(parseRange(header, 1000)).toBe('unsatisfiable');
  });

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=9-3', 'bytes=a-b', 'frames=0-1', 'bytes=0-1,5-6', 'bytes=1.5-2'])(
    '%s is ignored, the whole file is sent',
    (header) => {
      expect(parseRange(header, 1000)).toBe('none');
    },
  );

  it('an empty file has no satisfiable range', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-1', 0)).toBe('unsatisfiable');
  });
});

describe('a file is answered', () => {
  it('whole, with type, length, validator and the promise of ranges', () => {
    const plan = planFileResponse(file, { method: 'GET' });
    expect(plan.status).toBe(200);
    expect(plan.body).toEqual({ firstByte: 0, lastByte: 999 });
    expect(plan.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      etag: entityTag(file),
    });
  });

  it('in part, with the exact bytes named', () => {
    const plan = planFileResponse(file, { method: 'GET', range: 'bytes=100-199' });
    expect(plan.status).toBe(206);
    expect(plan.headers['content-range']).toBe('bytes 100-199/1000');
    expect(plan.headers['content-length']).toBe('100');
  });

  it('with 416 and the real length when the range lies outside', () => {
    const plan = planFileResponse(file, { method: 'GET', range: 'bytes=2000-' });
    expect(plan).toMatchObject({ status: 416, body: null });
    expect(plan.headers['content-range']).toBe('bytes */1000');
  });

  it('with 304 when the client has this version', () => {
    expect(planFileResponse(file, { method: 'GET', ifNoneMatch: `"x", ${entityTag(file)}` }).status).toBe(304);
    expect(planFileResponse({ ...file, modifiedMs: 1 }, { method: 'GET', ifNoneMatch: entityTag(file) }).status).toBe(
      200,
    );
  });

  it('whole when the range belongs to another version', () => {
    expect(planFileResponse(file, { method: 'GET', range: 'bytes=0-9', ifRange: '"old"' }).status).toBe(200);
    expect(planFileResponse(file, { method: 'GET', range: 'bytes=0-9', ifRange: entityTag(file) }).status).toBe(206);
  });

  it('without a body to HEAD, and not at all to POST', () => {
    expect(planFileResponse(file, { method: 'HEAD', range: 'bytes=0-9' })).toMatchObject({ status: 206, body: null });
    expect(planFileResponse(file, { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('empty when it is empty', () => {
    expect(planFileResponse({ ...file, sizeBytes: 0 }, { method: 'GET' })).toMatchObject({
      status: 200,
      body: 'empty',
    });
  });
});

it('knows the types of the window, and nothing it is not sure of', () => {
  expect(contentTypeOf('assets/index-a1.js')).toBe('text/javascript; charset=utf-8');
  expect(contentTypeOf('fonts/Inter.WOFF2')).toBe('font/woff2');
  expect(contentTypeOf('README')).toBe('application/octet-stream');
});

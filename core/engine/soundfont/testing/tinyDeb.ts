/**
 * A Debian package (dpkg-deb -Zxz) with one file in it, usr/font.sf2: a SoundFont of a single saw wave. Node cannot
 * pack xz itself.
 */
const base64 = [
  'ITxhcmNoPgpkZWJpYW4tYmluYXJ5ICAgMTc5NTQzMDM0NyAgMCAgICAgMCAgICAgMTAwNjQ0ICA0ICAgICAgICAgYAoyLjAKY29udHJvbC50YXIueHogIDE3OTU0MzAzNDcgIDAgICAgIDAgICAgID',
  'EwMDY0NCAgMjY4ICAgICAgIGAK/Td6WFoAAATm1rRGBMDLAYBQIQEWAAAAAAAAAKqA2/ngJ/8Aw10AFwu8HH0BlcAdSj55FcLMJqNjHDgAlCtTcxVtXKewG0r/4Nu+Vqrc7NcfyPgN9+bzcx4NwKfj',
  'shLKg4MnUEJ8W3LhPQ+3AbzImNvIBxdMdHfx248tpVO4pmJsng3vz9TN+DGN7v3ATmNUKQXWX8axmNhYmXjWKWvB7LeN1tKybdlLrus1e9bNtUDkad0sJXTM2SWTrpzdpOPNjPE9XSaPH8YYRTQsWM',
  'zXTh10eTEoUsY/VrqYpULnkB8SK0U568L6rrAAAAAFrqa5Th0h2wAB5wGAUAAA3E6RdLHEZ/sCAAAAAARZWmRhdGEudGFyLnh6ICAgICAxNzk1NDMwMzQ3ICAwICAgICAwICAgICAxMDA2NDQgIDY4',
  'OCAgICAgICBgCv03elhaAAAE5ta0RgTA8ASAUCEBFgAAAAAAAADgTBoA4Cf/AmhdABcLvBx9AZXAHUo+eRXCzCajYxw4AJQrUu8BpLA3JH7GpFoXKinwcd2bP5z3JkVbz+Ua5p8zeqQ8pT04+Xh6Ty',
  'JoUBbT60yD/b+4+ZK7yg8GOwheHAMbzMz1Wa57kVumZTlYi2K+Ep9rYRYbqzZKDNR7MpjA4EZ5zLuLgwr/PDjd9MEzZjg42xSMWlSOeaY6QFZAF5s4O2exm2QApLquFp4BnDBSJ6u6QKAaJgW3Jgc4',
  'BdDEAp5ufIe0QIcR/fse0t8FJSyUoPVmHpUZyHx6e4TEMtooL+chE6zbiLVjkZKQbw7wRhTV+9pehfnKi5xbbFFc0IO6mv3RTJeGuIC3gOIltC95Uz3y2txc2Wv/kVNZB4qr/kiyyE6Bsur82J9qGw',
  'p7NbFJDK5kfBoIG1FAX/PD5eai/jhs91+sOmsesE8luTu09wT9zyt7bW64QIRbkcEQESEB/bInIrcXqF4PpBB3qfCDcvvAtXW3zr/X670WHh3gCpKSnGJ2rvJKMI3uCqvG4khdR4VcktpKmYVdfeE4',
  'R3NKEIDF9lumDK+MUpujnNp7kKhavTQoTCniAyJ3fO9UfFyQ00CO83oFna607TZLB7vywlJ3WVnAyP160IJDzYRGawgyxlVd+mxgYYlURa5zfr2YF7OL8fkzmPuXNSX5Mfk+dxRnmiJTXRyj+L3IMb',
  'PKR9JOl2L+n8188FPLeprET/cM2dHoL0Ntfwa+Dm6jwcLCXTItwAfRtVS2je5PCiLEWwWd3ue9nJx5x6Qxyv5obPItaVTScqkJla1khOxz1cMJmdUwB/O/yib9EgVUcXVetko0dwAAW4X6NSTEKTkA',
  'AYwFgFAAAIUXIuOxxGf7AgAAAAAEWVo=',
].join('');

export const tinyDeb = {
  bytes: (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
  path: 'usr/font.sf2',
  fontBytes: 890,
  fontSha256: 'c253f40d170e4b273f12fcdf149fc9e2049690be213c323fd042f5d03a587cef',
} as const;

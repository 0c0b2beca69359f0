import packageFile from '../../package.json';

/** Version of Framewright, from package.json. */
export const version: string = packageFile.version;

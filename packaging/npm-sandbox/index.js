'use strict'

// `program` is where the sandbox's executable is. npm installs the one package that fits
// this machine; the others are optional and left out.

const PROGRAM = process.platform === 'win32' ? 'kessai-sandbox.exe' : 'kessai-sandbox'

/** The names that packages of this kind have, as napi gives them. */
function target() {
  const { platform, arch } = process
  if (platform === 'win32') return `${platform}-${arch}-msvc`
  if (platform !== 'linux') return `${platform}-${arch}`
  // Otherwise the report looks up the names of every open connection.
  process.report.excludeNetwork = true
  const { glibcVersionRuntime } = process.report.getReport().header
  return `${platform}-${arch}-${glibcVersionRuntime ? 'gnu' : 'musl'}`
}

function find() {
  const name = `kessai-sandbox-${target()}`
  try {
    return require.resolve(`${name}/${PROGRAM}`)
  } catch (cause) {
    throw new Error(
      `${name} is not installed: either there is no sandbox for this machine, ` +
        'or optional dependencies were left out (npm install --include=optional)',
      { cause },
    )
  }
}

let found

module.exports = {
  get program() {
    found ??= find()
    return found
  },
}

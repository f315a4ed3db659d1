// What the package's types declare, read from their text: it is generated, so that this
// needs no compiler.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { folder } from './package.mjs';

/** A file of declarations without its comments. */
function text(name) {
  const all = readFileSync(join(folder, 'lib', `${name}.d.ts`), 'utf8');
  return all.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*/g, '');
}

/** The body of an interface or a class. */
function block(all, name) {
  const found = all.match(new RegExp(`(?:interface|class) ${name}\\b[^{]*\\{([\\s\\S]*?)\\n\\}`));
  return found?.[1] ?? '';
}

/** The members of an interface, or the fields and getters of a class. */
export function members(file, name) {
  const pattern = /^ {2}(?:(?:readonly )?(\w+)(\??)|get (\w+)\(\)): ([^;]+);$/gm;
  const found = block(text(file), name).matchAll(pattern);
  return Array.from(found, ([, field, mark, getter, type]) => ({
    name: field ?? getter,
    type: type.replace(/ \| undefined$/, ''),
    optional: mark === '?',
    isGetter: getter !== undefined,
  }));
}

/** What an interface extends, as it is written. */
export const base = (file, name) =>
  text(file).match(new RegExp(`interface ${name} extends ([^{]+) \\{`))?.[1];

/** The classes that extend a class. */
export const subclasses = (file, name) =>
  Array.from(text(file).matchAll(new RegExp(`class (\\w+) extends ${name} \\{`, 'g')), ([, sub]) => sub);

/** The methods of a class: their parameters and what they give. */
export function methods(file, name) {
  const pattern = /^ {2}(?!get |static |private |constructor)(\w+)\((.*)\): (.+);$/gm;
  return Array.from(block(text(file), name).matchAll(pattern), ([, method, list, gives]) => ({
    name: method,
    parameters: Array.from(list.matchAll(/(\w+)(\??): ((?:[^,<]|<[^>]*>+)+)/g), (part) => ({
      name: part[1],
      type: part[3],
      optional: part[2] === '?',
    })),
    gives,
  }));
}

/** Whether a set of words takes others. */
export const isOpen = (file, name) =>
  new RegExp(`type ${name} =[^;]*\\(string & \\{\\}\\)`).test(text(file));

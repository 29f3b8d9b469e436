// What the editor offers while one types. The words come from the server, which asks its engine for them.

const STATEMENTS = ["if", "elif", "else", "endif", "for", "endfor", "set"];

/** For the XML language: tags of MJML with their attributes and what may stand in them. */
export function schemaOf(words) {
  return {
    elements: words.tags.map((tag) => ({
      name: tag.name,
      top: tag.top,
      children: tag.children,
      attributes: tag.attributes.map((name) => ({ name })),
    })),
  };
}

/** The source of completions inside [[ ]] and [% %]; `fields` gives [{ key, type, label }] as the form stands. */
export function jinjaCompletions(words, fields) {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const opened = Math.max(before.lastIndexOf("[["), before.lastIndexOf("[%"));
    if (opened < 0 || /\]\]|%\]/.test(before.slice(opened))) return null;
    const member = /([a-z_]\w*)\.(\w*)$/.exec(before);
    if (member) return membersOf(member[1], words, fields(), context.pos - member[2].length);
    const word = /\w*$/.exec(before)[0];
    if (!word && !context.explicit && !/(\[\[|\[%) ?$/.test(before)) return null;
    const isStatement = before[opened + 1] === "%";
    return { from: context.pos - word.length, options: namesOf(words, fields(), isStatement), validFor: /^\w*$/ };
  };
}

function membersOf(name, words, fields, from) {
  const field = fields.find((each) => each.key === name);
  const members = words.surroundings[name] ?? words.types[field?.type] ?? [];
  if (!members.length) return null;
  return { from, options: members.map((label) => ({ label, type: "property" })), validFor: /^\w*$/ };
}

function namesOf(words, fields, isStatement) {
  return [
    ...fields.map(({ key, label }) => ({ label: key, detail: label, type: "variable", boost: 2 })),
    ...Object.keys(words.surroundings).map((label) => ({ label, type: "namespace", boost: 1 })),
    ...(isStatement ? STATEMENTS.map((label) => ({ label, type: "keyword" })) : []),
  ];
}

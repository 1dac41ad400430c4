// Runs a DMN model on cases: dmn-moddle reads the model, feelin evaluates its expressions in the order of what needs
// what. Both come from the folder that is named first; the model is the file named second. The cases are a JSON list
// on standard input, an object for each, with a FEEL expression for each input. The answers are a JSON list.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, file] = process.argv.slice(2);
const found = createRequire(join(folder, 'package.json'));
const load = async name => import(pathToFileURL(found.resolve(name)));
const { DmnModdle } = await load('dmn-moddle');
const { evaluate } = await load('feelin');

const { rootElement, warnings } = await new DmnModdle().fromXML(readFileSync(file, 'utf8'), 'dmn:Definitions');
if (warnings.length) {
  throw new Error(warnings.map(one => one.message).join('\n'));
}
const decisions = new Map(rootElement.drgElement.filter(one => one.$type === 'dmn:Decision').map(one => [one.id, one]));

const value = (text, context) => {
  const told = evaluate(text, context);
  return told !== null && typeof told === 'object' && 'value' in told && 'warnings' in told ? told.value : told;
};

const decided = (decision, known) => {
  if (decision.variable.name in known) {
    return;
  }
  for (const need of decision.informationRequirement ?? []) {
    if (need.requiredDecision) {
      decided(decisions.get(need.requiredDecision.href.slice(1)), known);
    }
  }
  known[decision.variable.name] = value(decision.decisionLogic.text, known);
};

const answers = JSON.parse(readFileSync(0, 'utf8')).map(inputs => {
  const known = Object.fromEntries(Object.entries(inputs).map(([name, text]) => [name, value(text, {})]));
  for (const decision of decisions.values()) {
    decided(decision, known);
  }
  return known.answer;
});
process.stdout.write(JSON.stringify(answers));

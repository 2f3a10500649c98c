import Mustache

/// The page's text in Mustache. A leading dot keeps a name to the thing at hand: without it, one that is nil would be looked up in
/// what is around it.
enum PageTemplate {
  static func page(_ view: PageView) -> String {
    guard let template = library.getTemplate(named: "page") else {
      fatalError("PageTemplate: there is no template \"page\"")
    }
    return template.render(view, library: library)
  }

  private static let library: MustacheLibrary = {
    var library = MustacheLibrary()
    for (name, text) in texts {
      do {
        try library.register(text, named: name)
      } catch {
        fatalError("PageTemplate: \"\(name)\" is no template: \(error)")
      }
    }
    return library
  }()

  private static let texts: KeyValuePairs<String, String> = [
    "page": #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="{{policy}}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{title}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <a class="skip" href="#recommendation">Skip to the recommendation</a>
    {{{shapes}}}
    <header>
    <h1>{{title}}</h1>
    <p class="quiet">{{facts}}</p>
    </header>
    <nav aria-label="Sections">
    <ul>{{#sections}}<li><a href="#{{id}}">{{heading}}</a></li>{{/sections}}</ul>
    </nav>
    <main>
    {{#sections}}
    <section id="{{id}}" aria-labelledby="{{id}}-heading">
    <h2 id="{{id}}-heading">{{heading}}</h2>
    {{#blocks}}{{> block}}{{/blocks}}
    </section>
    {{/sections}}
    </main>
    <script>{{{script}}}</script>
    </body>
    </html>

    """#,
    "block": #"""
    {{#.lead}}<p class="lead">{{.}}</p>{{/.lead}}
    {{#.paragraph}}<p>{{.}}</p>{{/.paragraph}}
    {{#.warning}}<p class="warning"><strong>Warning:</strong> {{.}}</p>{{/.warning}}
    {{#.subheading}}<h3>{{.}}</h3>{{/.subheading}}
    {{#.code}}<pre tabindex="0"><code>{{.}}</code></pre>{{/.code}}
    {{#.cards}}<dl class="cards">{{#items}}{{> fact}}{{/items}}</dl>{{/.cards}}
    {{#.facts}}<dl class="facts">{{#items}}{{> fact}}{{/items}}</dl>{{/.facts}}
    {{#.figures}}<div class="figures">{{#items}}{{> figure}}{{/items}}</div>{{/.figures}}
    {{#.tables}}<div class="tables">{{#items}}{{> table}}{{/items}}</div>{{/.tables}}
    {{#.more}}<details><summary>{{summary}}</summary><div class="tables">{{#tables.items}}{{> table}}{{/tables.items}}</div></details>{{/.more}}

    """#,
    "fact":
      #"<div><dt>{{name}}</dt><dd><span{{#.data}} data-value="{{.}}"{{/.data}}>{{value}}</span>{{#.note}} <small>{{.}}</small>{{/.note}}</dd></div>"#,
    "figure":
      #"<figure><figcaption>{{caption}}{{#.note}} <span class="quiet">{{.}}</span>{{/.note}}</figcaption>{{{drawing}}}</figure>"#,
    "table": #"""
    <div class="scroll" role="region" aria-label="{{caption}}" tabindex="0">
    <table class="sortable {{kind}}">
    <caption><span>{{caption}}</span></caption>
    <thead><tr>{{#columns}}<th scope="col"{{#isNumeric}} class="number"{{/isNumeric}}>{{name}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}<tr{{#isEmphasised}} class="recommended"{{/isEmphasised}}>{{#header}}<th scope="row"{{> cell}}</th>{{/header}}{{#cells}}<td{{> cell}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>

    """#,
    "example":
      #"{{#.picture}}<img src="{{.}}" alt="{{description}}">{{/.picture}}{{#.line}}<svg class="chart" viewBox="0 0 116 44" role="img"><title>{{description}}</title><path class="joined s0" d="{{.}}"/></svg>{{/.line}}"#,
    "cell":
      #" class="{{#isNumeric}}number{{/isNumeric}}{{#.tint}} {{.}}{{/.tint}}"{{#.data}} data-value="{{.}}"{{/.data}}{{#.key}} data-key="{{.}}"{{/.key}}{{#.lower}} data-lower="{{.}}"{{/.lower}}{{#.upper}} data-upper="{{.}}"{{/.upper}}>{{text}}{{#.interval}} <small>{{.}}</small>{{/.interval}}{{#.content}}{{> example}}{{#answers}}<p class="{{#isRight}}right{{/isRight}}{{^isRight}}wrong{{/isRight}}">{{network}}: <span data-value="{{data}}"><b>{{label}}</b> {{confidence}}</span></p>{{/answers}}{{/.content}}"#,
  ]
}

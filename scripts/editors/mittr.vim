" Vim syntax file: the command language of mittr.
" Put it into ~/.vim/syntax/, and this line into ~/.vimrc:  autocmd BufRead,BufNewFile *.mittr setfiletype mittr
if exists("b:current_syntax")
  finish
endif

" Words with hyphens are one word.
syntax iskeyword @,48-57,_,-

syntax keyword mittrStatement let set for def return try catch finally assert source exit break continue test
syntax keyword mittrStatement throw retry
syntax keyword mittrConditional if else
syntax keyword mittrOperator and or not in contains starts-with ends-with like
syntax keyword mittrConstant true false null

syntax match mittrOperator "==\|!=\|<=\|>=\|=\~\|!\~\|??\|*\|/\|%\|+\|-\|<\|>\||"
syntax match mittrNumber "\<-\?\d\+\(\.\d\+\)\?\([eE][+-]\?\d\+\)\?\>"
syntax match mittrVariable "\$\h\w*"
syntax match mittrPath "\.\h\w*"
syntax match mittrFlag "\(\s\)\@<=--[A-Za-z][A-Za-z0-9-]*"
syntax match mittrFile "\(\s\)\@<=@[^ \t|;(){}\[\]]\+"

syntax region mittrString start=+"+ skip=+\\\\\|\\"+ end=+"+ contains=mittrEscape,mittrInterpolation
syntax match mittrEscape contained +\\\(["\\/bfnrt]\|u\x\{4}\)+
syntax region mittrInterpolation contained matchgroup=mittrEscape start="\\(" end=")" contains=TOP
syntax region mittrRawString start=+'+ end=+'+
syntax match mittrComment "\(^\|[ \t;|(){}\[\],]\)\@<=#.*$"

highlight default link mittrStatement Statement
highlight default link mittrConditional Conditional
highlight default link mittrOperator Operator
highlight default link mittrConstant Constant
highlight default link mittrNumber Number
highlight default link mittrVariable Identifier
highlight default link mittrPath Identifier
highlight default link mittrFlag Special
highlight default link mittrFile Include
highlight default link mittrString String
highlight default link mittrRawString String
highlight default link mittrEscape SpecialChar
highlight default link mittrComment Comment

let b:current_syntax = "mittr"
